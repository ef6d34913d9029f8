package org.runmetrics.run;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine that this server runs on, as trackers name it.
 *
 * @param name what Python's {@code socket.gethostname()} returns; empty if that is not known
 */
public record Host(String name) {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  /** Asks the operating system. */
  public static Host own() {
    try {
      return new Host(
          Files.isReadable(LINUX)
              ? Files.readString(LINUX).strip()
              : InetAddress.getLocalHost().getHostName());
    } catch (IOException unknown) {
      return new Host("");
    }
  }

  /** Returns whether a name is this machine's. */
  boolean isCalled(String other) {
    return !name.isEmpty() && name.equalsIgnoreCase(other);
  }
}
