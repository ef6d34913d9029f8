package org.runmetrics.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.runmetrics.line.Line;

/**
 * Tells progress bars from ordinary lines by their shape.
 *
 * <p>A bar is a percentage or a count beside a drawn bar, or times and a rate in tqdm's brackets.
 * Words such as {@code eta} say nothing: ordinary lines have them, too. Each pattern starts with a
 * character that is rare, and every quantifier is possessive or has a bound, so that the time grows
 * no faster than the text.
 */
final class ProgressBar {
  /** How far a bar's closing bracket is looked for. */
  private static final int MAX_BRACKETS = 4096;

  /** curl's table is no longer than this. */
  private static final int MAX_TABLE = 120;

  private static final String CLOCK = "\\d{1,4}:\\d{2}(?::\\d{2})?";

  private static final String NUMBER = "\\d{1,15}+(?:[.,]\\d{1,9}+)?+";

  private static final String SIZE = NUMBER + "\\s?[kKMGT]?i?B?";

  /**
   * tqdm's brackets: {@code [00:12<00:15}, or {@code [01:00, 1.2kit/s} where the end is unknown.
   * fastprogress puts the count in front.
   */
  private static final Pattern TIMES =
      Pattern.compile(
          "\\[(?:\\d{1,15}/[\\d?]{1,15} )?"
              + CLOCK
              + "(?:<|,\\s{1,4}(?:\\?|\\d[\\d.,e+-]{0,20})\\s?[^\\]\\[/|]{0,30}/\\s?\\p{L})");

  /** A percentage right in front of a bar's edge: {@code 45%|███}. */
  private static final Pattern EDGE =
      Pattern.compile("(?<!\\d)\\d{1,3}(?:\\.\\d{1,3})?%\\|([^|\\p{L}]{0,400})(\\|?)");

  private static final Pattern BLOCKS = Pattern.compile("[\u2580-\u259F\u2501\u2578\u257A]");

  private static final Pattern ASCII_BODY = Pattern.compile("[-#=>*. 0-9]*+");

  private static final Pattern COUNT = Pattern.compile("\\s*+" + SIZE + "/(?:" + SIZE + "|\\?)");

  /** rich, Keras 3, Lightning, pip: a heavy line, then a number. */
  private static final Pattern HEAVY =
      Pattern.compile(
          "(?<![\u2501\u2578\u257A\u2500])[\u2501\u2578\u257A][\u2501\u2578\u257A\u2500]{2,}+[\u2501\u2578\u257A\u2500 ]{0,400}+"
              + "(?:[\u2022|] ?)?(?:\\d|-:--|\\?)");

  /** A bar of nothing yet where the percentage stands in front: {@code 0% ──────── 0/100}. */
  private static final Pattern LIGHT = Pattern.compile("%\\s{1,3}\u2500{3,}+\\s{1,3}\\d");

  /** pip without colours: {@code ------ 12.3/45.6 MB}. */
  private static final Pattern DASHES =
      Pattern.compile(
          "(?<!-)-{10,400}+ " + NUMBER + "(?: ?[kKMGT]?i?B)?/" + NUMBER + " ?[kKMGT]?i?B\\b");

  /** A drawn bar in brackets or pipes. */
  private static final Pattern SIGN =
      Pattern.compile(
          "\\[(?=[^\\]]{5})[=#*>+]{0,400}+[=#*>.\\- ]{0,400}+\\]"
              + "|\\|(?=[#=*>\u2580-\u259F])[#=*>\u2580-\u259F]{1,400}+"
              + "[\\-. \u2580-\u259F]{0,400}+\\|");

  /** What makes a drawn bar one of progress and no ruler. */
  private static final Pattern MEASURE =
      Pattern.compile(
          "\\d%|(?<![\\d/])\\d{1,15}/\\d{1,15} {1,2}[\\[|]|\\d(?:\\.\\d{1,3})?\\s?[kKMGT]?i?(?:it|B)/s"
              + "|(?i:\\b(?:eta|elapsed|remaining)\\b)[^\\d]{0,12}\\d");

  /** progressbar2 before its first step: {@code 0% (0 of 100) | |}. */
  private static final Pattern OF = Pattern.compile("\\d% \\(" + SIZE + " of " + SIZE + "\\) \\|");

  /** wget without a terminal: {@code 50K .......... .......... 45% 5.6M 6s}. */
  private static final Pattern DOTS =
      Pattern.compile("\\s*+\\d{1,12}[KMG](?: [.,]{1,10}){1,8} *+\\d{1,3}%");

  /** The table that curl redraws: six numbers, three clocks, one number. */
  private static final Pattern CURL =
      Pattern.compile(
          "\\s*+(?:[\\d.]{1,12}[kMGTP]?\\s{1,8}){8}(?:[-\\d]{1,4}:[-\\d]{2}:[-\\d]{2}\\s{1,8}){3}"
              + "[\\d.]{1,12}[kMGTP]?\\s*+$");

  /** curl's simple bar: {@code #### 45.0%}. */
  private static final Pattern HASHES = Pattern.compile("#{1,400}+ *+\\d{1,3}\\.\\d%$");

  /** Keras where the count of batches is unknown: {@code 45/Unknown - 12s 230ms/step}. */
  private static final Pattern UNKNOWN = Pattern.compile("\\s*+\\d{1,12}/Unknown\\b");

  private ProgressBar() {}

  /** Returns whether a line, or one state of a redrawn line, is a progress bar. */
  static boolean matches(String line) {
    return end(Escapes.strip(line), 0) > 0;
  }

  /**
   * Returns where the first bar after a place ends, or -1 if there is none.
   *
   * <p>What stands in front of a bar describes it. What stands after it belongs to it, too, as
   * metrics do, unless the bar ends in a closing bracket.
   *
   * @param text one state of a line, without escape sequences
   */
  static int end(String text, int from) {
    if (!mayHold(text)) {
      return -1;
    }
    Matcher times = TIMES.matcher(text);
    if (times.find(from)) {
      return closing(text, times.start());
    }
    String rest = text.substring(from);
    return hasEdge(rest) || isDrawn(rest) ? text.length() : -1;
  }

  /** Tells cheaply that there is no bar. */
  private static boolean mayHold(String text) {
    return text.indexOf('%') >= 0
        || text.indexOf('/') >= 0
        || text.indexOf('<') >= 0
        || text.indexOf('\u2501') >= 0
        || text.contains("==")
        || (text.length() <= MAX_TABLE && startsWithNumber(text));
  }

  /** Returns where the bracket that opens at a place closes, or the text's end if it does not. */
  private static int closing(String text, int open) {
    int depth = 0;
    int limit = Math.min(text.length(), open + MAX_BRACKETS);
    for (int i = open; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']' && --depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static boolean hasEdge(String text) {
    if (text.indexOf("%|") < 0) {
      return false;
    }
    Matcher edge = EDGE.matcher(text);
    while (edge.find()) {
      String body = edge.group(1);
      if (BLOCKS.matcher(body).find()) {
        return true;
      }
      boolean first = text.indexOf('|') == edge.start(1) - 1;
      boolean closed = !edge.group(2).isEmpty();
      boolean counted = COUNT.matcher(text).region(edge.end(), text.length()).lookingAt();
      boolean drawn = closed ? body.startsWith("#") : edge.end() == text.length();
      if ((closed && counted) || (first && drawn && ASCII_BODY.matcher(body).matches())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDrawn(String text) {
    return isLine(text)
        || (startsWithNumber(text)
            && (DOTS.matcher(text).lookingAt()
                || CURL.matcher(text).lookingAt()
                || UNKNOWN.matcher(text).lookingAt()))
        || (text.startsWith("#") && HASHES.matcher(text).lookingAt())
        || (text.contains("% (") && OF.matcher(text).find())
        || (hasSign(text) && MEASURE.matcher(text).find());
  }

  /** Returns whether a bar is drawn in brackets or pipes. */
  private static boolean hasSign(String text) {
    for (int i = 0; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if ((c == '[' || c == '|')
          && !Character.isLetterOrDigit(text.charAt(i + 1))
          && SIGN.matcher(text).region(i, text.length()).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWithNumber(String text) {
    int i = 0;
    while (i < text.length() && Line.isBlank(text.charAt(i))) {
      i++;
    }
    return i < text.length() && Character.isDigit(text.charAt(i));
  }

  /** Returns whether there is a bar that is drawn as a line. */
  private static boolean isLine(String text) {
    return (text.indexOf('\u2501') >= 0 && HEAVY.matcher(text).find())
        || (text.indexOf('\u2500') >= 0 && LIGHT.matcher(text).find())
        || (text.contains("----------") && DASHES.matcher(text).find());
  }
}
