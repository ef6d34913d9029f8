package org.runmetrics.settings;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells a client's address from that of the proxies in front of the server.
 *
 * <p>Headers are written by whoever sends the request, so they count only as far as trusted proxies
 * vouch for them: read from the end, the first address that is no trusted proxy is the client. And
 * only one kind of them counts, since a proxy hands on the kind that it does not write itself.
 */
public final class TrustedProxies {
  private static final String USUAL = "X-Forwarded-For";
  private static final String STANDARD = "Forwarded";

  private final List<AddressRange> ranges;
  private final boolean standard;

  private TrustedProxies(List<AddressRange> ranges, boolean standard) {
    this.ranges = ranges;
    this.standard = standard;
  }

  /**
   * Reads two settings.
   *
   * @param list addresses and networks, such as {@code 10.0.0.5, 192.168.0.0/16}
   * @param header what these proxies write: {@code X-Forwarded-For}, and with it {@code
   *     X-Forwarded-Proto}, or {@code Forwarded}
   */
  static TrustedProxies parse(String list, String header) {
    boolean standard = header.equalsIgnoreCase(STANDARD);
    if (!standard && !header.equalsIgnoreCase(USUAL)) {
      throw new IllegalArgumentException(
          "metrics.proxies.header must be %s or %s, not %s".formatted(USUAL, STANDARD, header));
    }
    return new TrustedProxies(
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(entry -> AddressRange.parse("metrics.proxies", entry))
            .toList(),
        standard);
  }

  /**
   * Returns the address that limits count by.
   *
   * @param peer the address at the other end of the connection
   */
  public String client(String peer, Forwarding told) {
    return client(new Hop(peer, false), standard ? standard(told) : usual(told)).address();
  }

  /**
   * Returns whether a client's connection is encrypted.
   *
   * @param secure whether the one to the server is
   * @param peer the address at the other end of that
   */
  public boolean isSecure(boolean secure, String peer, Forwarding told) {
    if (standard) {
      return secure || client(new Hop(peer, false), standard(told)).secure();
    }
    List<String> protocols = values(told.protocols()).toList();
    return secure
        || (isTrusted(peer)
            && !protocols.isEmpty()
            && protocols.get(protocols.size() - 1).equalsIgnoreCase("https"));
  }

  private Hop client(Hop peer, List<Hop> hops) {
    Hop client = peer;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client.address()); i--) {
      client = hops.get(i);
    }
    return client;
  }

  private static List<Hop> standard(Forwarding told) {
    return told.standard().stream().flatMap(header -> Hop.standard(header).stream()).toList();
  }

  private static List<Hop> usual(Forwarding told) {
    return values(told.addresses())
        .filter(address -> !address.isEmpty())
        .map(address -> new Hop(Hop.withoutPort(address), false))
        .toList();
  }

  private static Stream<String> values(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip);
  }

  private boolean isTrusted(String address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
