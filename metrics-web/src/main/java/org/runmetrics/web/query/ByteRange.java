package org.runmetrics.web.query;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, as {@code Range} asks for it: RFC 9110, 14.
 *
 * @param from the first byte
 * @param to the byte after the last one; there is none if it is not after the first
 */
public record ByteRange(long from, long to) {
  private static final Pattern SINGLE =
      Pattern.compile("bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a field.
   *
   * @param size the size of the file
   * @return nothing if it asks for several parts, or for none that can be understood: then all is
   *     answered, as servers may
   */
  public static Optional<ByteRange> of(String field, long size) {
    Matcher single = SINGLE.matcher(field);
    if (!single.matches() || (single.group(1).isEmpty() && single.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (single.group(1).isEmpty()) {
      long last = number(single.group(2));
      return Optional.of(new ByteRange(Math.max(0, size - last), last == 0 ? 0 : size));
    }
    long first = number(single.group(1));
    long last = single.group(2).isEmpty() ? Long.MAX_VALUE : number(single.group(2));
    return first > last
        ? Optional.empty()
        : Optional.of(new ByteRange(first, last < size ? last + 1 : size));
  }

  /** Returns whether there is nothing in it. */
  public boolean isEmpty() {
    return from >= to;
  }

  /** Returns how many bytes there are in it. */
  public long length() {
    return to - from;
  }

  /** Returns the field {@code Content-Range} of an answer that holds this part of so many bytes. */
  public String field(long size) {
    return "bytes " + from + "-" + (to - 1) + "/" + size;
  }

  /** Returns a number of any length, the largest there is for one beyond it. */
  private static long number(String digits) {
    return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
  }
}
