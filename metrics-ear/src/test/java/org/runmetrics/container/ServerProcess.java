package org.runmetrics.container;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
  @SuppressWarnings("BanJNDI") // It is asked of a server that the test started.
  CompletableFuture<Void> stop() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            VirtualMachine machine = VirtualMachine.attach("" + process.pid());
            JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
            machine.detach();
            try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
              var unused =
                  connector
                      .getMBeanServerConnection()
                      .invoke(
                          new ObjectName("org.runmetrics:type=Stop"),
                          "stop",
                          new Object[0],
                          new String[0]);
            }
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
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
