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
 */
sealed interface StreamRequest {

  /**
   * The metrics of a run.
   *
   * @param id the run's id as it was sent, decoded
   */
  record OfRun(String id) implements StreamRequest {
    private static final Pattern PATH = Pattern.compile("/api/runs/([^/]*)/metrics_step/stream");
  }

  /** The list of runs. */
  record OfList() implements StreamRequest {
    private static final String PATH = "/api/runs/stream";
  }

  /** The metrics of the runs that parameters name. */
  record OfRuns() implements StreamRequest {
    private static final String PATH = "/api/v2/series/stream";
  }

  /** Reads a request, if it is one for a stream that the client can read. */
  static Optional<StreamRequest> of(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!request.getMethod().equals("GET") || !acceptsEvents(request)) {
      return Optional.empty();
    }
    if (path.equals(OfList.PATH)) {
      return Optional.of(new OfList());
    }
    if (path.equals(OfRuns.PATH)) {
      return Optional.of(new OfRuns());
    }
    Matcher matcher = OfRun.PATH.matcher(path);
    return matcher.matches() ? decode(matcher.group(1)).map(OfRun::new) : Optional.empty();
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
