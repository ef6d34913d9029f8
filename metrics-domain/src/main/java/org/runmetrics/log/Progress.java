package org.runmetrics.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a reader wants to see of progress bars. */
public enum Progress {
  /** Everything that was written. */
  KEEP,
  /** No bars. */
  DROP,
  /** Only the latest state of a bar. */
  COLLAPSE;

  /** Returns the choice with a name such as {@code keep}. */
  public static Optional<Progress> parse(String name) {
    return Arrays.stream(values())
        .filter(progress -> progress.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }
}
