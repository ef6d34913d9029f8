package org.runmetrics.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection that a proxy was asked by.
 *
 * @param address of who asked: an IP address, or what stands for one that the proxy does not tell
 * @param secure whether the connection was encrypted
 */
record Hop(String address, boolean secure) {
  /** Who asked is not told, or not in a way that can be read. */
  private static final Hop UNKNOWN = new Hop("unknown", false);

  private static final Pattern PARAMETER =
      Pattern.compile(
          "[ \\t]*([!#-'*+.^-z|~A-Z0-9-]+)=(?:\"([^\"\\\\]*)\"|([^ \\t\",;]+))[ \\t]*([;,]|$)");

  private static final Pattern NOTHING = Pattern.compile("[ \\t]*(,|$)");
  private static final Pattern WITH_PORT =
      Pattern.compile("([0-9.]+|\\[[^\\]]*\\])(:(\\d+|_[\\w.-]+))?");

  /**
   * Reads {@code for} and {@code proto} of a header {@code Forwarded} (RFC 7239).
   *
   * <p>A header that cannot be read is one hop of somebody unknown: what a client began and a proxy
   * went on writing must not be taken for what the proxy said.
   */
  static List<Hop> standard(String header) {
    List<Hop> hops = new ArrayList<>();
    Map<String, String> element = new TreeMap<>();
    int at = 0;
    while (at < header.length()) {
      Matcher nothing = NOTHING.matcher(header).region(at, header.length());
      if (element.isEmpty() && nothing.lookingAt()) {
        at = nothing.end();
        continue;
      }
      Matcher parameter = PARAMETER.matcher(header).region(at, header.length());
      if (!parameter.lookingAt()) {
        return List.of(UNKNOWN);
      }
      String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      if (element.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value) != null) {
        return List.of(UNKNOWN);
      }
      at = parameter.end();
      if (!parameter.group(4).equals(";")) {
        hops.add(of(element));
        element.clear();
      }
    }
    return element.isEmpty() ? hops : List.of(UNKNOWN);
  }

  private static Hop of(Map<String, String> element) {
    return new Hop(
        withoutPort(element.getOrDefault("for", UNKNOWN.address())),
        element.getOrDefault("proto", "").equalsIgnoreCase("https"));
  }

  /** Some proxies add the client's port, {@code 203.0.113.7:5678} or {@code [2001:db8::1]:5678}. */
  static String withoutPort(String address) {
    Matcher matcher = WITH_PORT.matcher(address);
    return matcher.matches() ? matcher.group(1) : address;
  }
}
