package org.runmetrics.web.stream;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request for a stream names.
 *
 * <p>Servers differ in how they decode paths; the path as the client sent it is the same on all.
 *
 * @param run the id of the run whose metrics are asked for, nothing for the list of runs
 */
record StreamRequest(Optional<String> run) {
  private static final Pattern RUN = Pattern.compile("/api/runs/([^/]*)/metrics_step/stream");
  private static final String LIST = "/api/runs/stream";

  /** Reads a request, if it is one for a stream that the client can read. */
  static Optional<StreamRequest> of(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!request.getMethod().equals("GET") || !acceptsEvents(request)) {
      return Optional.empty();
    }
    if (path.equals(LIST)) {
      return Optional.of(new StreamRequest(Optional.empty()));
    }
    Matcher matcher = RUN.matcher(path);
    return matcher.matches()
        ? decode(matcher.group(1)).map(id -> new StreamRequest(Optional.of(id)))
        : Optional.empty();
  }

  private static boolean acceptsEvents(HttpServletRequest request) {
    String accepted = String.join(",", Collections.list(request.getHeaders("Accept")));
    return accepted.isBlank()
        || accepted.contains("*/*")
        || accepted.toLowerCase(Locale.ROOT).matches(".*\\btext/(event-stream|\\*).*");
  }

  private static Optional<String> decode(String segment) {
    try {
      // The decoder is one for forms, where a plus is a blank.
      return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
