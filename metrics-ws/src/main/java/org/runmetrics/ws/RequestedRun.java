package org.runmetrics.ws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The run id in the address of a log socket.
 *
 * <p>Servers differ in how they decode paths; the path as the client sent it is the same on all.
 */
final class RequestedRun {
  static final String SUFFIX = "/logs/ws";

  private RequestedRun() {}

  /** Returns the id, percent-decoded once. */
  static String id(String path) {
    String parent = path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : "";
    String segment = parent.substring(parent.lastIndexOf('/') + 1);
    try {
      // The decoder is one for forms, where a plus is a blank.
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return segment;
    }
  }
}
