package org.runmetrics.settings;

import java.util.List;
import java.util.function.Function;

/**
 * What the headers of a request say of the connections before the server's own, whoever wrote them.
 *
 * @param addresses the values of all {@code X-Forwarded-For} headers, in order
 * @param protocols the values of all {@code X-Forwarded-Proto} headers, in order
 * @param standard the values of all {@code Forwarded} headers (RFC 7239), in order
 */
public record Forwarding(List<String> addresses, List<String> protocols, List<String> standard) {
  /** Says nothing. */
  public static final Forwarding NONE = new Forwarding(List.of(), List.of(), List.of());

  /**
   * Takes the headers of a request.
   *
   * @param headers returns the values of all headers of a name
   */
  public static Forwarding of(Function<String, List<String>> headers) {
    return new Forwarding(
        headers.apply("X-Forwarded-For"),
        headers.apply("X-Forwarded-Proto"),
        headers.apply("Forwarded"));
  }
}
