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

  /** Returns what is shown of a line, or nothing if it is left out. */
  public Optional<String> show(String line) {
    if (this == KEEP) {
      return Optional.of(line);
    }
    String shown =
        DrawnLine.of(line).pieces().stream()
            .filter(piece -> this == COLLAPSE || !piece.bar())
            .map(DrawnLine.Piece::text)
            .collect(java.util.stream.Collectors.joining("\r"));
    return shown.isEmpty() ? Optional.empty() : Optional.of(shown);
  }

  /** Tells whether a line as shown gives way to a bar that follows it. */
  public boolean replaces(String shown) {
    return this == COLLAPSE && shown.indexOf('\r') < 0 && ProgressBar.matches(shown);
  }
}
