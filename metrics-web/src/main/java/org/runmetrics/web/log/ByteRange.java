package org.runmetrics.web.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a file that a request wants: RFC 9110, 14.1.2.
 *
 * @param from offset of the first byte
 * @param to offset after the last byte; the piece is empty if the file does not reach that far
 */
record ByteRange(long from, long to) {
  /** One range; of several, which nobody has to serve, the whole file is answered. */
  private static final Pattern RANGE =
      Pattern.compile("\\s*bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*");

  /**
   * Reads the field {@code Range}.
   *
   * @return nothing if the whole file is to be answered
   */
  static Optional<ByteRange> of(String field, long size) {
    Matcher range = RANGE.matcher(field);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long last = Long.parseLong(range.group(2));
      return Optional.of(new ByteRange(Math.max(0, size - last), size));
    }
    long from = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(range.group(2));
    return last < from
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.max(from, Math.min(size, last + 1))));
  }

  /** Returns whether there is nothing in it. */
  boolean isEmpty() {
    return from >= to;
  }

  /** Returns the field {@code Content-Range} of an answer. */
  String field(long size) {
    return isEmpty() ? "bytes */" + size : "bytes " + from + "-" + (to - 1) + "/" + size;
  }
}
