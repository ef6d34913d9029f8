package org.runmetrics.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Lets the application end what is under way before Payara stops, which drops it.
 *
 * <p>Payara stops in a hook of the JVM, and all hooks run at once; so the signals are caught before
 * the JVM begins to end. There is no class for that in the platform: {@code sun.misc.Signal} is the
 * one that every JDK has, and it is found by name, so that a JDK without it only stops less
 * quietly.
 */
final class StopSignals {
  /** The names of signals with their numbers, of which shells make the exit status. */
  private enum Stopping {
    INT(2),
    TERM(15);

    private static final int SIGNALLED = 128;

    private final int number;

    Stopping(int number) {
      this.number = number;
    }

    int status() {
      return SIGNALLED + number;
    }
  }

  private static final AtomicBoolean ASKED = new AtomicBoolean();

  private StopSignals() {}

  /** Listens from now on. */
  static void listen() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (Stopping stopping : List.of(Stopping.values())) {
        Object stops =
            Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  stop(stopping);
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(stopping.name()), stops);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
      System.err.println("Answers under way will be cut off when the server stops: " + unavailable);
    }
  }

  /** Payara has more to say when it stops; what loggers were told to print they still print. */
  private static void silence() {
    System.setOut(nowhere());
    System.setErr(nowhere());
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /** Whoever asks twice does not want to wait. */
  private static void stop(Stopping stopping) {
    if (!ASKED.getAndSet(true)) {
      try {
        Object unusedNothing =
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("org.runmetrics:type=Stop"),
                    "stop",
                    new Object[0],
                    new String[0]);
      } catch (InstanceNotFoundException notStarted) {
        // There is nothing under way.
      } catch (JMException failed) {
        System.err.println("Answers under way are cut off: " + failed);
      }
    }
    silence();
    System.exit(stopping.status());
  }
}
