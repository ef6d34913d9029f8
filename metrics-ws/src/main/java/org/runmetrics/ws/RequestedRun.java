package org.runmetrics.ws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run id in the address of a log socket.
 *
 * <p>Servers differ in how they decode paths; the path as the client sent it is the same on all.
 */
final class RequestedRun {
  private static final Pattern PATH = Pattern.compile(".*/api/runs/([^/]*)/logs/ws");

  private RequestedRun() {}

  /** Returns the id, percent-decoded once, or nothing if the path is not that of a log. */
  static Optional<String> id(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() ? Optional.of(decode(matcher.group(1))) : Optional.empty();
  }

  private static String decode(String segment) {
    try {
      // The decoder is one for forms, where a plus is a blank.
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return segment;
    }
  }
}
