package org.runmetrics.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address or a network in CIDR notation. */
final class AddressRange {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern LITERAL =
      Pattern.compile(
          "("
              + OCTET
              + "\\.){3}"
              + OCTET
              + "|\\[?(?=[0-9A-Fa-f:])[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\\]?");

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  static AddressRange parse(String setting, String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address.isPresent()) {
      int bits = address.get().length * 8;
      int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
      if (prefix >= 0 && prefix <= bits) {
        return new AddressRange(address.get(), prefix);
      }
    }
    throw new IllegalArgumentException(
        setting + " must list IP addresses or networks such as 10.0.0.0/8, not " + text);
  }

  boolean contains(String address) {
    return bytes(address).filter(this::contains).isPresent();
  }

  private boolean contains(byte[] address) {
    int whole = prefix / 8;
    int mask = 0xFF00 >> (prefix % 8) & 0xFF;
    return address.length == network.length
        && Arrays.equals(address, 0, whole, network, 0, whole)
        && (mask == 0 || ((address[whole] ^ network[whole]) & mask) == 0);
  }

  /** Reads an address without ever asking a name server. */
  private static Optional<byte[]> bytes(String address) {
    if (!LITERAL.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException invalid) {
      return Optional.empty();
    }
  }

  private static int prefix(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }
}
