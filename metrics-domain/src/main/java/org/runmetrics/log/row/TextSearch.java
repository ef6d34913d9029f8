package org.runmetrics.log.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.runmetrics.log.row.LogMatch.Span;

/**
 * What is searched for in the text of a row: words as they are, or a regular expression.
 *
 * <p>Words with a case are found without a pattern, which is several times as fast.
 */
public final class TextSearch {
  /** Of one row. */
  private static final int MAX_SPANS = 100;

  private final String words;
  private final Optional<Pattern> pattern;
  private final boolean trusted;

  private TextSearch(String words, Optional<Pattern> pattern, boolean trusted) {
    this.words = words;
    this.pattern = pattern;
    this.trusted = trusted;
  }

  /** Searches for words as they are, at least one character. */
  public static TextSearch words(String words, boolean caseMatters) {
    Optional<Pattern> pattern =
        caseMatters
            ? Optional.empty()
            : Optional.of(Pattern.compile(words, flags(false) | Pattern.LITERAL));
    return new TextSearch(words, pattern, true);
  }

  /**
   * Searches for a regular expression, as {@link Pattern} reads it.
   *
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  public static TextSearch expression(String expression, boolean caseMatters) {
    return new TextSearch("", Optional.of(Pattern.compile(expression, flags(caseMatters))), false);
  }

  private static int flags(boolean caseMatters) {
    return caseMatters ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  }

  /**
   * Finds it in a text.
   *
   * @param text without colours
   * @param deadline when time is up, in the nanoseconds of {@link System#nanoTime()}
   * @return nothing if it is not there
   * @throws TimeUpException if an expression takes longer, or more room than there is
   */
  Optional<List<Span>> find(String text, long deadline) throws TimeUpException {
    if (pattern.isEmpty()) {
      return findWords(text);
    }
    try {
      return find(pattern.get().matcher(trusted ? text : new TimedText(text, deadline)));
    } catch (StackOverflowError tooDeep) {
      throw new TimeUpException();
    } catch (TimedText.Late late) {
      throw new TimeUpException();
    }
  }

  private Optional<List<Span>> findWords(String text) {
    int at = text.indexOf(words);
    if (at < 0) {
      return Optional.empty();
    }
    List<Span> spans = new ArrayList<>();
    for (; at >= 0 && spans.size() < MAX_SPANS; at = text.indexOf(words, at + words.length())) {
      spans.add(new Span(at, at + words.length()));
    }
    return Optional.of(spans);
  }

  private static Optional<List<Span>> find(Matcher matcher) {
    if (!matcher.find()) {
      return Optional.empty();
    }
    List<Span> spans = new ArrayList<>();
    int found = 0;
    do {
      if (matcher.end() > matcher.start()) {
        spans.add(new Span(matcher.start(), matcher.end()));
      }
      found++;
    } while (found < MAX_SPANS && matcher.find());
    return Optional.of(spans);
  }

  /** Says that a search takes too long. */
  static final class TimeUpException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
