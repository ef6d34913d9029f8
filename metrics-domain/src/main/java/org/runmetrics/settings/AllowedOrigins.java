package org.runmetrics.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which web pages may read from the server, by the origin that browsers tell.
 *
 * <p>Pages of the server itself always may, told by the host that the browser asked. Without a
 * setting pages of all origins may on a loopback address, and on other addresses no others.
 *
 * @param named origins of the setting, in lower case, {@code *} for all; none without it
 */
public record AllowedOrigins(Set<String> named) {
  private static final String ALL = "*";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s,?#@]+");

  /** Takes a copy. */
  public AllowedOrigins {
    named = Set.copyOf(named);
  }

  /** Reads origins such as {@code https://lab.example.org, http://localhost:8080}. */
  static AllowedOrigins parse(String list) {
    return new AllowedOrigins(
        Arrays.stream(list.split(","))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .map(AllowedOrigins::checked)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Tells whether pages of all origins may read.
   *
   * @param local the server's end of the connection, an address without a name
   */
  public boolean allowsAll(String local) {
    return named.isEmpty() ? isLoopback(local) : named.contains(ALL);
  }

  /**
   * Tells whether pages of an origin may read.
   *
   * @param origin the header {@code Origin}
   * @param host the header {@code Host}, empty if there is none
   * @param local the server's end of the connection, an address without a name
   */
  public boolean allows(String origin, String host, String local) {
    String asked = origin.toLowerCase(Locale.ROOT);
    return allowsAll(local)
        || named.contains(asked)
        || (!host.isEmpty() && asked.endsWith("://" + host.toLowerCase(Locale.ROOT)));
  }

  private static boolean isLoopback(String local) {
    try {
      // A literal, so no name server is asked. Nothing would count as loopback.
      return !local.isEmpty() && InetAddress.getByName(local).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }

  private static String checked(String entry) {
    if (!entry.equals(ALL) && !ORIGIN.matcher(entry).matches()) {
      throw new IllegalArgumentException(
          "metrics.origins must be origins such as https://lab.example.org, or *, not " + entry);
    }
    return entry;
  }
}
