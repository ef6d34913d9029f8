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
   * @param runs matches the locations of the runs
   */
  record Grant(String pattern, Pattern runs, Set<String> names) implements RuleLine {
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
    return new Grant(left, pattern(left), Set.copyOf(names));
  }

  /**
   * Reads a pattern in which {@code **} stands for any text and {@code *} for any within one
   * folder. What is written without a star is a folder with all that lies below.
   */
  private static Pattern pattern(String text) {
    if (text.startsWith("/") || text.contains("//")) {
      throw new IllegalArgumentException(
          "a pattern must be relative to the folder of runs, such as team-a/**, not " + text);
    }
    String whole = text.contains("*") ? text : text.replaceAll("/$", "") + "/**";
    String expression =
        Arrays.stream(whole.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)"))
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
