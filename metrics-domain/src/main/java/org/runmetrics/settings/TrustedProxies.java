package org.runmetrics.settings;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a client's address from that of the proxies in front of the server.
 *
 * <p>{@code X-Forwarded-For} is written by whoever sends the request, so it counts only as far as
 * trusted proxies vouch for it: read from its end, the first address that is no trusted proxy is
 * the client.
 */
public final class TrustedProxies {
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+|\\[[^\\]]*\\])(:\\d+)?");

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /** Reads addresses and networks, such as {@code 10.0.0.5, 192.168.0.0/16}. */
  static TrustedProxies parse(String list) {
    return new TrustedProxies(
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(entry -> AddressRange.parse("metrics.proxies", entry))
            .toList());
  }

  /**
   * Returns the address that limits count by.
   *
   * @param peer the address at the other end of the connection
   * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in order
   */
  public String client(String peer, List<String> forwardedFor) {
    List<String> hops =
        forwardedFor.stream()
            .flatMap(header -> Arrays.stream(header.split(",")))
            .map(String::strip)
            .filter(hop -> !hop.isEmpty())
            .map(TrustedProxies::withoutPort)
            .toList();
    String client = peer;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      client = hops.get(i);
    }
    return client;
  }

  /**
   * Returns whether a client's connection is encrypted.
   *
   * @param secure whether the one to the server is
   * @param peer the address at the other end of that
   * @param forwardedProto the values of all {@code X-Forwarded-Proto} headers, in order, of which
   *     the last one counts, if a trusted proxy wrote it
   */
  public boolean isSecure(boolean secure, String peer, List<String> forwardedProto) {
    String last = forwardedProto.isEmpty() ? "" : forwardedProto.get(forwardedProto.size() - 1);
    String protocol = last.substring(last.lastIndexOf(',') + 1).strip();
    return secure || (protocol.equalsIgnoreCase("https") && isTrusted(peer));
  }

  /** Some proxies add the client's port, {@code 203.0.113.7:5678} or {@code [2001:db8::1]:5678}. */
  private static String withoutPort(String hop) {
    Matcher matcher = WITH_PORT.matcher(hop);
    return matcher.matches() ? matcher.group(1) : hop;
  }

  private boolean isTrusted(String address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
