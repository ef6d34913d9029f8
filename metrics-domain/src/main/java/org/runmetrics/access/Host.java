package org.runmetrics.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host, so that two spellings of it are equal.
 *
 * @param name a name in lower case without a dot at its end, or an IP address as Java writes it
 */
record Host(String name) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,253}");
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  /** What these match is never looked up at a name server. */
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

  private static final Pattern IPV6 =
      Pattern.compile("(?=[0-9A-Fa-f.]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

  /** Reads a host as addresses of the web write it, IPv6 in brackets. */
  static Optional<Host> parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return Optional.of(text.substring(1, text.length() - 1))
          .filter(inside -> IPV6.matcher(inside).matches())
          .flatMap(Host::literal)
          .map(address -> new Host(address.getHostAddress()));
    }
    if (!NAME.matcher(text).matches() || text.contains("..")) {
      return Optional.empty();
    }
    String name = text.toLowerCase(Locale.ROOT);
    return Optional.of(new Host(name.endsWith(".") ? name.substring(0, name.length() - 1) : name));
  }

  /** Reads an IP address as servers tell it, IPv6 without brackets and maybe with a zone. */
  static Optional<Host> ofAddress(String address) {
    String plain = address.split("%", 2)[0];
    return parse(plain.contains(":") ? "[" + plain + "]" : plain);
  }

  /** Returns whether this is one of the names that a machine has for itself. */
  boolean isLoopbackName() {
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("0:0:0:0:0:0:0:1");
  }

  /** Returns whether this is an address that only the machine itself can reach. */
  boolean isLoopbackAddress() {
    return (IPV4.matcher(name).matches() || IPV6.matcher(name).matches())
        && literal(name).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private static Optional<InetAddress> literal(String address) {
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
