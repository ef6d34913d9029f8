package org.runmetrics.web.operation;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * What a request is called in all logs that it passes.
 *
 * @param text of letters, digits, points, dashes and underscores
 */
record RequestId(String text) {
  static final String HEADER = "X-Request-Id";

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Takes over what a proxy or a client called it, or makes one. */
  static RequestId of(Optional<String> header) {
    return new RequestId(
        header
            .filter(text -> ALLOWED.matcher(text).matches())
            .orElseGet(() -> "%016x".formatted(ThreadLocalRandom.current().nextLong())));
  }
}
