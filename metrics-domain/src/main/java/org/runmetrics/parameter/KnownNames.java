package org.runmetrics.parameter;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The parameters that a request may have.
 *
 * @param names their names; {@code param.<name>} stands for all that begin with {@code param.}
 */
public record KnownNames(List<String> names) {
  /** What an error repeats of a wrong name. */
  private static final int MAX_SHOWN = 100;

  private static final String ANY = "<name>";

  /** Keeps a list that never changes. */
  public KnownNames {
    names = List.copyOf(names);
  }

  /** Lists names in the order in which errors name them. */
  public static KnownNames of(String... names) {
    return new KnownNames(List.of(names));
  }

  /**
   * Returns what is wrong with the names of a request, if anything is: a mistyped name would be a
   * parameter that does nothing.
   */
  public Optional<String> error(Iterable<String> given) {
    for (String name : given) {
      if (names.stream().noneMatch(known -> isMeant(known, name))) {
        return Optional.of(unknown(name));
      }
    }
    return Optional.empty();
  }

  private static boolean isMeant(String known, String name) {
    int prefix = known.length() - ANY.length();
    return known.endsWith(ANY)
        ? name.length() > prefix && name.startsWith(known.substring(0, prefix))
        : known.equals(name);
  }

  /** Returns the known name that is most like another, if there is any. */
  public Optional<String> nearest(String name) {
    return names.stream()
        .min(Comparator.comparingInt(known -> EditDistance.of(name, known.replace(ANY, ""))));
  }

  private String unknown(String name) {
    String shown = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "...";
    return "Unknown parameter "
        + shown
        + nearest(name)
            .map(known -> ", did you mean " + known + "? Known are " + list(names, "and"))
            .orElse(", none is known here");
  }

  /** Returns words as a sentence lists them, with a conjunction before the last. */
  public static String list(List<String> words, String conjunction) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " " + conjunction + " " + words.get(last);
  }
}
