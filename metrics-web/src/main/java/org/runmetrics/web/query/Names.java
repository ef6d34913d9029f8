package org.runmetrics.web.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.runmetrics.web.http.Problem;

/**
 * Names of runs or metrics as a request gives them.
 *
 * <p>Names may hold commas and begin or end with blanks, so only those that exist tell what a value
 * means. A value that as a whole is a name is that name. Any other is a list with commas between
 * its names, in which {@code \,} is a comma that belongs to a name.
 *
 * @param values the values, none of them empty
 */
public record Names(List<String> values) {
  /** A comma that no backslash makes part of a name. */
  private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\),");

  private static final Pattern PATTERN = Pattern.compile("[*?]");

  private static final int MOST_PATTERNS = 100;

  /** Takes a copy. */
  public Names {
    values = List.copyOf(values);
  }

  /** Returns a text that no other names have: each value is told with its length. */
  @Override
  public String toString() {
    return values.stream().map(value -> value.length() + ":" + value).toList().toString();
  }

  /**
   * Returns the same names, which may be patterns.
   *
   * @throws jakarta.ws.rs.WebApplicationException if there are too many patterns: each of them is
   *     held against all names
   */
  public Names withFewPatterns() {
    long patterns = among(name -> false).stream().filter(PATTERN.asPredicate()).count();
    if (patterns > MOST_PATTERNS) {
      throw Problem.badRequest(
          "At most %d names with * or ? are allowed, not %d".formatted(MOST_PATTERNS, patterns));
    }
    return this;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Returns the names, each once, in the order in which they were given. */
  public List<String> among(Predicate<String> isName) {
    Set<String> names = new LinkedHashSet<>();
    for (String value : values) {
      if (value.indexOf(',') < 0 || isName.test(value)) {
        names.add(value);
      } else {
        SEPARATOR
            .splitAsStream(value)
            .map(name -> name.replace("\\,", ","))
            .filter(name -> !name.isEmpty())
            .forEach(names::add);
      }
    }
    return List.copyOf(names);
  }
}
