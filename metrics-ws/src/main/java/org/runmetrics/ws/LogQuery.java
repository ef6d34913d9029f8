package org.runmetrics.ws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.runmetrics.log.Progress;
import org.runmetrics.parameter.KnownNames;

/**
 * What a client asks of a log.
 *
 * @param tail how many of the last lines to start with, nothing for all
 * @param progress what to show of progress bars
 * @param after byte offset after which lines are sent; the tail does not count then
 * @param bar whether the state of a line that is being drawn is sent apart from lines
 */
record LogQuery(OptionalInt tail, Progress progress, OptionalLong after, boolean bar) {
  private static final KnownNames KNOWN = KnownNames.of("tail", "progress", "after", "bar");
  private static final int MAX_TAIL = 1_000_000;
  private static final int MAX_ECHO = 64;

  /**
   * Reads the query of a handshake.
   *
   * @param query the raw query string, empty if there is none
   * @param subprotocol how messages are put into text
   * @throws IllegalArgumentException for what is not allowed; the message is for the client
   */
  static LogQuery parse(String query, Subprotocol subprotocol) {
    Map<String, String> parameters = parameters(query);
    return new LogQuery(
        tail(parameters.getOrDefault("tail", "10000")),
        progress(parameters.getOrDefault("progress", "keep")),
        after(Optional.ofNullable(parameters.get("after"))),
        bar(Optional.ofNullable(parameters.get("bar")), subprotocol));
  }

  private static OptionalInt tail(String value) {
    if (value.equals("all")) {
      return OptionalInt.empty();
    }
    // Seven digits at most, so that it always fits.
    if (value.matches("[0-9]{1,7}")) {
      int lines = Integer.parseInt(value);
      if (lines >= 1 && lines <= MAX_TAIL) {
        return OptionalInt.of(lines);
      }
    }
    throw refused("tail", "a number of lines from 1 to " + MAX_TAIL + " or all", value);
  }

  private static Progress progress(String value) {
    return Progress.parse(value)
        .orElseThrow(() -> refused("progress", "keep, drop or collapse", value));
  }

  private static OptionalLong after(Optional<String> value) {
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get().matches("[0-9]{1,18}")) {
      return OptionalLong.of(Long.parseLong(value.get()));
    }
    throw refused("after", "a byte offset of the log", value.get());
  }

  private static boolean bar(Optional<String> value, Subprotocol subprotocol) {
    if (value.isPresent() && !value.get().equals("live")) {
      throw refused("bar", "live", value.get());
    }
    if (value.isPresent() && subprotocol != Subprotocol.V2) {
      throw new IllegalArgumentException("bar needs the subprotocol " + Subprotocol.V2_NAME);
    }
    return value.isPresent();
  }

  private static IllegalArgumentException refused(String name, String allowed, String value) {
    return new IllegalArgumentException(name + " must be " + allowed + ", not " + shown(value));
  }

  private static String shown(String text) {
    return text.length() > MAX_ECHO ? text.substring(0, MAX_ECHO) + "…" : text;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
      if (parameters.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(shown(name) + " must be given once");
      }
    }
    Optional<String> unknown = KNOWN.error(parameters.keySet());
    if (unknown.isPresent()) {
      throw new IllegalArgumentException(unknown.get());
    }
    return parameters;
  }

  private static String decode(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return raw;
    }
  }
}
