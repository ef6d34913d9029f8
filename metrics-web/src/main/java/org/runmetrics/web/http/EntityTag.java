package org.runmetrics.web.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells representations of a resource apart, byte by byte: RFC 9110, 8.8.3.
 *
 * @param opaque the text between the quotes
 */
record EntityTag(String opaque) {
  /** A tag may hold commas, so a list of them is not to be split. */
  private static final Pattern TAG = Pattern.compile("\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");

  /**
   * Tells whether the field {@code If-None-Match} names the tag, strong or weak, or just any.
   *
   * @param lines as often as the field is given
   */
  boolean isNamedIn(List<String> lines) {
    for (String line : lines) {
      if (line.strip().equals("*")) {
        return true;
      }
      for (Matcher tag = TAG.matcher(line); tag.find(); ) {
        // The field is compared weakly: RFC 9110, 13.1.2.
        if (tag.group(1).equals(opaque)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return '"' + opaque + '"';
  }
}
