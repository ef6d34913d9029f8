package org.runmetrics.web.operation;

import java.time.Duration;
import java.util.Optional;

/**
 * A request whose answer has ended.
 *
 * @param id what it is called
 * @param client its address, of those that a proxy may name for it
 * @param method such as {@code GET}
 * @param route which call it was
 * @param status of the answer
 * @param rows in the answer, if it is a table
 * @param bytes of the answer, compressed if it was
 * @param left whether its client had gone before it could be sent
 * @param time until the answer had ended
 */
record AnsweredRequest(
    RequestId id,
    String client,
    String method,
    Route route,
    int status,
    Optional<String> rows,
    long bytes,
    boolean left,
    Duration time) {

  /** Returns it as a line of a log. */
  String line() {
    return "id=%s client=%s method=%s route=%s status=%d rows=%s bytes=%d left=%s ms=%.1f"
        .formatted(
            id.text(),
            client,
            method,
            route.template(),
            status,
            rows.orElse("-"),
            bytes,
            left ? "yes" : "no",
            time.toNanos() / 1e6);
  }
}
