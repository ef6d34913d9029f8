package org.runmetrics.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.runmetrics.line.Line;

/**
 * Escape sequences of a terminal in the text of a line (ECMA-48).
 *
 * <p>Colours say how text looks; everything else says where it goes. All quantifiers are
 * possessive, so that no text takes more than one pass.
 */
public final class Escapes {
  private static final char ESCAPE = '\u001B';
  private static final char BACKSPACE = '\b';

  private static final Pattern SEQUENCE = Pattern.compile("\u001B\\[[0-?]*+[ -/]*+[@-~]|\b");

  /** Whatever is no colour: a sequence that does not end in {@code m}. */
  private static final Pattern MOVE = Pattern.compile("\u001B\\[[0-?]*+[ -/]*+[@-ln-~]|\b");

  /** Moves to another row, and what erases text that was already drawn. */
  private static final Pattern FAR_MOVE =
      Pattern.compile("\u001B\\[[0-?]*+[ -/]*+[A-BE-FHJLMSTdf]|\u001B\\[[12]K|\b");

  /**
   * Whatever is no colour: other sequences, strings such as titles and links, and escapes that
   * begin nothing.
   */
  private static final Pattern OTHER =
      Pattern.compile(
          "\u001B(?:\\[(?![0-?]*+m)(?:[0-?]*+[ -/]*+[@-~])?+"
              + "|[\\]PX^_][^\u0007\u001B]*+(?:\u0007|\u001B\\\\)?+"
              + "|[ -/]*+[0-Z\\\\^-~]|(?!\\[))|\b");

  private Escapes() {}

  /** Returns the text as it is read: without colours and moves. */
  public static String strip(String text) {
    return has(text) ? SEQUENCE.matcher(text).replaceAll("") : text;
  }

  /** Returns the text with its colours and without all other sequences, complete or not. */
  public static String colours(String text) {
    return has(text) ? OTHER.matcher(text).replaceAll("") : text;
  }

  /** Returns the text with its colours and without moves. */
  static String withoutMoves(String text) {
    return has(text) ? MOVE.matcher(text).replaceAll("") : text;
  }

  /** Returns the text without what would reach beyond it on a terminal. */
  static String withoutFarMoves(String text) {
    return has(text) ? FAR_MOVE.matcher(text).replaceAll("") : text;
  }

  /** Returns whether a text starts with a move, or holds one that reaches beyond it. */
  static boolean moves(String text) {
    return has(text)
        && (FAR_MOVE.matcher(text).find() || MOVE.matcher(text.substring(0, start(text))).find());
  }

  /** Returns whether a text shows nothing: blanks, colours and moves. */
  static boolean isBlank(String text) {
    String plain = strip(text);
    for (int i = 0; i < plain.length(); i++) {
      if (!Line.isBlank(plain.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns where the sequences end that a text starts with. */
  static int start(String text) {
    return sequencesEnd(text, 0);
  }

  /**
   * Returns the place in a text after so many characters that are read, and after what ends their
   * colour.
   *
   * @param from where to start
   * @param count characters of {@link #strip}
   */
  static int after(String text, int from, int count) {
    int place = sequencesEnd(text, from);
    for (int read = 0; read < count; read++) {
      place++;
      if (read < count - 1) {
        place = sequencesEnd(text, place);
      }
    }
    String sequences = text.substring(place, sequencesEnd(text, place));
    int reset = Math.max(sequences.lastIndexOf("\u001B[0m"), sequences.lastIndexOf("\u001B[m"));
    return reset < 0 ? place : place + sequences.indexOf('m', reset) + 1;
  }

  private static int sequencesEnd(String text, int from) {
    int end = from;
    while (end < text.length() && (text.charAt(end) == ESCAPE || text.charAt(end) == BACKSPACE)) {
      Matcher sequence = SEQUENCE.matcher(text).region(end, text.length());
      if (!sequence.lookingAt()) {
        break;
      }
      end = sequence.end();
    }
    return end;
  }

  /** Returns whether there may be sequences. */
  static boolean has(String text) {
    return text.indexOf(ESCAPE) >= 0 || text.indexOf(BACKSPACE) >= 0;
  }
}
