package org.runmetrics.access;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a web page comes from (RFC 6454).
 *
 * @param scheme in lower case
 * @param host the host
 * @param port the port, that of the scheme where none was named; -1 where the scheme has none
 */
record Origin(String scheme, Host host, int port) {
  /** Nothing else: no user, no path, and not the word {@code null}. */
  private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#@\\s]+)");

  /** Reads an origin as browsers send it. */
  static Optional<Origin> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() && !text.endsWith(":")
        ? Authority.parse(form.group(2)).map(authority -> of(form.group(1), authority))
        : Optional.empty();
  }

  /** Returns the origin of the pages that a server has at an address. */
  static Origin of(String scheme, Authority authority) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return new Origin(lower, authority.host(), authority.port().orElse(defaultPort(lower)));
  }

  /** Returns whether the page comes from the machine of the person that opens it. */
  boolean isLoopback() {
    return host.isLoopbackName() && (scheme.equals("http") || scheme.equals("https"));
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      default -> -1;
    };
  }
}
