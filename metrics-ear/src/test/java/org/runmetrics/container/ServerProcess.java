package org.runmetrics.container;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The process of the server under test, as an operator on its machine reaches it. */
record ServerProcess(ProcessHandle process) {
  /** Finds the youngest server of a storage root; one of an earlier test may still be ending. */
  static ServerProcess find(Path root) {
    Predicate<String> named =
        Pattern.compile(Pattern.quote("-Dmetrics.storage.root=" + root) + "[ \\x00]").asPredicate();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .filter(process -> named.test(told(process, "cmdline") + told(process, "environ")))
        .max(Comparator.comparing(process -> process.info().startInstant().orElseThrow()))
        .map(ServerProcess::new)
        .orElseThrow();
  }

  /** Asks the application to stop; done when nothing is under way there. */
  CompletableFuture<Void> stop() {
    return CompletableFuture.runAsync(
        () -> {
          Object unused = ask("org.runmetrics:type=Stop", "stop");
        });
  }

  /** Counts the objects of a class that the server still holds, after a collection of garbage. */
  int instances(String type) {
    String histogram =
        (String)
            ask(
                "com.sun.management:type=DiagnosticCommand",
                "gcClassHistogram",
                (Object) new String[0]);
    Matcher line =
        Pattern.compile(
                "\\d+: +(\\d+) +\\d+ +" + Pattern.quote(type) + "(?: |$)", Pattern.MULTILINE)
            .matcher(histogram);
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  @SuppressWarnings("BanJNDI") // It is asked of a server that the test started.
  private Object ask(String bean, String operation, Object... arguments) {
    try {
      VirtualMachine machine = VirtualMachine.attach("" + process.pid());
      JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
      machine.detach();
      try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
        String[] types =
            Stream.of(arguments).map(it -> it.getClass().getName()).toArray(String[]::new);
        return connector
            .getMBeanServerConnection()
            .invoke(new ObjectName(bean), operation, arguments, types);
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * Returns what a process was told, by arguments or by its environment as Open Liberty is; the
   * platform would cut off what is longer than a page of memory.
   */
  private static String told(ProcessHandle process, String how) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), how));
    } catch (IOException ended) {
      return "";
    }
  }
}
