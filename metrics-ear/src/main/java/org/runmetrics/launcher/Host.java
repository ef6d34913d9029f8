package org.runmetrics.launcher;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The address on which the server listens.
 *
 * @param address of this machine, or the one that stands for all of them
 */
record Host(InetAddress address) {
  static final Host LOOPBACK = parse("127.0.0.1");

  /**
   * Reads a host name, an IPv4 address, or an IPv6 address with or without brackets.
   *
   * @throws IllegalArgumentException naming the option
   */
  static Host parse(String text) {
    try {
      if (!text.isBlank()) {
        return new Host(InetAddress.getByName(text));
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

  /**
   * Returns the URL that a browser opens: from elsewhere too, if the server listens on all
   * addresses.
   *
   * <p>It is made of digits, since the server answers on a loopback address for no other name than
   * {@code localhost}.
   */
  String url(String scheme, int port) {
    return scheme + "://" + reachable() + ":" + port;
  }

  private String reachable() {
    if (address.isAnyLocalAddress()) {
      // Nothing can be opened at this address; the JVM listens for both families.
      return onNetwork().map(InetAddress::getHostAddress).orElse("127.0.0.1");
    }
    if (!(address instanceof Inet6Address)) {
      return digits();
    }
    // RFC 6874 writes the sign before a zone as %25.
    return address.isLoopbackAddress() ? "[::1]" : "[" + digits().replace("%", "%25") + "]";
  }

  /** Returns an address under which other machines reach this one, if it has any. */
  private static Optional<InetAddress> onNetwork() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Host::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .filter(found -> !found.isLoopbackAddress() && !found.isLinkLocalAddress())
          .findFirst();
    } catch (SocketException unknown) {
      return Optional.empty();
    }
  }

  private static boolean isUp(NetworkInterface candidate) {
    try {
      return candidate.isUp();
    } catch (SocketException unknown) {
      return false;
    }
  }
}
