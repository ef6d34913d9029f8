package org.runmetrics.access;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and the port that was named with it, as in the header {@code Host} (RFC 9110, 7.2).
 *
 * @param host the host
 * @param port the port, if one was named
 */
record Authority(Host host, OptionalInt port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::(\\d{0,5}))?");
  private static final int MAX_PORT = 65_535;

  /** Reads {@code host} or {@code host:port}; an empty port is none. */
  static Optional<Authority> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String digits = Optional.ofNullable(form.group(2)).orElse("");
    OptionalInt port =
        digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    return port.orElse(0) > MAX_PORT
        ? Optional.empty()
        : Host.parse(form.group(1)).map(host -> new Authority(host, port));
  }
}
