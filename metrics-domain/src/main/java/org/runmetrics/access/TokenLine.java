package org.runmetrics.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the file of tokens: whose a token is, its hash, and its last day if it has one.
 *
 * <pre>
 * alice sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 until=2027-06-30
 * </pre>
 *
 * @param name of the user, who may have several tokens
 * @param hash of the token, as hexadecimal digits in lower case
 * @param until the last day on which it is taken, in UTC
 */
public record TokenLine(String name, String hash, Optional<LocalDate> until) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

  private static final Pattern FORM =
      Pattern.compile("(\\S+)\\s+sha256:([0-9a-f]{64})(?:\\s+until=(\\S+))?");

  /** Returns the line of a new token. */
  public static TokenLine of(String name, Token token, Optional<LocalDate> until) {
    return new TokenLine(checked(name), token.hash(), until);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException saying what a line looks like, but nothing of a hash
   */
  static TokenLine parse(String line) {
    Matcher form = FORM.matcher(line);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a line must be a name, sha256: with 64 hexadecimal digits, and maybe until= with a day");
    }
    return new TokenLine(
        checked(form.group(1)),
        form.group(2),
        Optional.ofNullable(form.group(3)).map(TokenLine::day));
  }

  /**
   * Reads a day such as {@code 2027-06-30}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("a day must be such as 2027-06-30, not " + text, wrong);
    }
  }

  /**
   * Returns whether this is the line of a hash, in a time that tells nothing of how near it was.
   */
  boolean isOf(String other, Clock clock) {
    boolean same =
        MessageDigest.isEqual(
            hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    return same && until.map(day -> !LocalDate.now(clock).isAfter(day)).orElse(true);
  }

  /** Returns the line as the file has it. */
  @Override
  public String toString() {
    return name + " sha256:" + hash + until.map(day -> " until=" + day).orElse("");
  }

  /**
   * Returns a name of a user as it is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String checked(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a name must be of up to 64 letters, digits and . _ @ + -, not " + name);
    }
    return name;
  }

  /** Returns whether a text may be the name of a user. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Returns by what lines are looked up: the first 32 bits of a hash. */
  static String start(String hash) {
    return hash.substring(0, 8);
  }
}
