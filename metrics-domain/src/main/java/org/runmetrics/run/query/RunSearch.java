package org.runmetrics.run.query;

import java.util.Optional;
import java.util.regex.Pattern;
import org.runmetrics.run.RunInfo;

/**
 * A piece of text to be found in what users see of a run, in upper or lower case.
 *
 * <p>Looked at are the id, the path, the project, the name, the alias and each tag, each on its
 * own.
 */
public final class RunSearch {
  private final Pattern pattern;

  private RunSearch(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Searches for a text as it is: no character of it means anything but itself. */
  public static RunSearch of(String text) {
    return new RunSearch(
        Pattern.compile(text, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
  }

  boolean finds(RunInfo run) {
    return isIn(run.id().value())
        || isIn(run.group())
        || isIn(run.project())
        || isIn(run.name())
        || isIn(run.alias())
        || run.tags().stream().anyMatch(this::isIn);
  }

  private boolean isIn(Optional<String> text) {
    return text.filter(this::isIn).isPresent();
  }

  private boolean isIn(String text) {
    return pattern.matcher(text).find();
  }
}
