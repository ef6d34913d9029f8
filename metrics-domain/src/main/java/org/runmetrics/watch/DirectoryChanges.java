package org.runmetrics.watch;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What happened in a directory since it was last reported.
 *
 * <p>What happens to the directory itself, such as its permissions, is reported of its parent.
 *
 * @param directory as it was named when the watch began
 * @param replaced names that came, went or were renamed
 * @param written names of files that were written in place, or whose attributes changed
 * @param incomplete true if more happened than the names tell
 * @param ended true if the directory is watched no longer, as it is gone
 */
public record DirectoryChanges(
    Path directory, Set<Path> replaced, Set<Path> written, boolean incomplete, boolean ended) {

  /** Keeps copies of the names. */
  public DirectoryChanges {
    replaced = Set.copyOf(replaced);
    written = Set.copyOf(written);
  }

  /** Returns all names that are reported. */
  public Set<Path> names() {
    Set<Path> names = new HashSet<>(replaced);
    names.addAll(written);
    return names;
  }
}
