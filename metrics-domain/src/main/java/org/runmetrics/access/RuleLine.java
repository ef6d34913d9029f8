package org.runmetrics.access;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of the file of rules.
 *
 * <pre>
 * {@literal @}ml = alice, bob
 * team-a/** = carol, {@literal @}ml
 * shared/** = *
 * </pre>
 */
sealed interface RuleLine {
  /** Who is meant by everybody. */
  String ALL = "*";

  /** What groups begin with. */
  String GROUP = "@";

  /**
   * What no location has: the folder of runs itself, steps that lead up, a slash too many, more
   * stars than two, a second equals sign, and what is left of a name that is not UTF-8.
   */
  Pattern WRONG = Pattern.compile("^runs(/|$)|(^|/)\\.\\.?(/|$)|//|\\*/$|\\*\\*\\*|=|\uFFFD");

  /** Those who are meant, users and groups. */
  Set<String> names();

  /**
   * Some users under one name.
   *
   * @param name with its {@code @}
   */
  record Group(String name, Set<String> names) implements RuleLine {}

  /**
   * Who sees some runs.
   *
   * @param pattern as it was written
   * @param start what is before its first star, by which most runs are told apart quickly
   * @param runs matches the locations of the runs
   */
  record Grant(String pattern, String start, Pattern runs, Set<String> names) implements RuleLine {
    boolean isOf(String location) {
      return location.startsWith(start) && runs.matcher(location).matches();
    }

    /** Whether it is about all runs. */
    boolean isOfAll() {
      return pattern.equals("**");
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException saying what a line looks like
   */
  static RuleLine parse(String line) {
    int equals = line.lastIndexOf('=');
    String left = line.substring(0, Math.max(0, equals)).strip();
    List<String> names =
        Arrays.stream(line.substring(equals + 1).split(",", -1)).map(String::strip).toList();
    if (left.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException(
          "a line must be a pattern of runs or a group, = and names with commas between them,"
              + " such as team-a/** = alice, @ml");
    }
    names.stream()
        .filter(name -> !name.equals(ALL))
        .forEach(name -> TokenLine.checked(name.startsWith(GROUP) ? name.substring(1) : name));
    if (left.startsWith(GROUP)) {
      TokenLine.checked(left.substring(1));
      return new Group(left, Set.copyOf(names));
    }
    Pattern runs = pattern(left);
    return new Grant(left, left.split("[*]", 2)[0].replaceAll("/$", ""), runs, Set.copyOf(names));
  }

  /**
   * Reads a pattern in which {@code **} stands for any text and {@code *} for any within one
   * folder. What is written without a star is a run, or a folder with all that lies below.
   */
  private static Pattern pattern(String text) {
    if (WRONG.matcher(text).find()) {
      throw new IllegalArgumentException(
          "a pattern must be a path below the folder of runs, such as team-a/**, or with a slash"
              + " before it one in the root beside that folder, not "
              + text);
    }
    if (!text.contains("*")) {
      return Pattern.compile(Pattern.quote(text.replaceAll("/$", "")) + "(/.*)?", Pattern.DOTALL);
    }
    String expression =
        Arrays.stream(text.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)"))
            .map(
                part ->
                    switch (part) {
                      case "*" -> "[^/]*";
                      case "**" -> ".*";
                      default -> Pattern.quote(part);
                    })
            .collect(Collectors.joining());
    return Pattern.compile(expression, Pattern.DOTALL);
  }
}
