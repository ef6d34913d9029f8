package org.runmetrics.launcher;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The address on which the server listens.
 *
 * @param name the name or address as it was asked for, without brackets
 * @param address what the name stands for
 */
record Host(String name, InetAddress address) {
  static final Host LOOPBACK = new Host("127.0.0.1", InetAddress.getLoopbackAddress());

  /**
   * Reads a host name, an IPv4 address or an IPv6 address with or without brackets.
   *
   * @throws IllegalArgumentException naming the option
   */
  static Host parse(String text) {
    String name =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    try {
      if (!name.isBlank()) {
        return new Host(name, InetAddress.getByName(name));
      }
    } catch (UnknownHostException unknown) {
      // Answered below, as an empty name is.
    }
    throw new IllegalArgumentException(
        "--host must be a name or an address of this machine, such as 127.0.0.1 or ::1, not "
            + text);
  }

  /** Returns the address in digits, as the server takes it. */
  String digits() {
    return address.getHostAddress();
  }

  /** Returns the address that a program on this machine opens. */
  String url(int port) {
    return "http://" + reachable() + ":" + port;
  }

  /** An address that stands for all interfaces cannot be opened; the JVM binds both families. */
  private String reachable() {
    if (address.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    if (!(address instanceof Inet6Address)) {
      return name.contains(":") ? digits() : name;
    }
    if (!name.contains(":")) {
      return name;
    }
    // RFC 6874 writes the sign before a zone as %25.
    return address.isLoopbackAddress() ? "[::1]" : "[" + name.replace("%", "%25") + "]";
  }
}
