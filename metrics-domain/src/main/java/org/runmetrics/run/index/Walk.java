package org.runmetrics.run.index;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.runmetrics.run.RunDirectory;

/** One walk through a storage root, which looks at what nobody has seen yet. */
final class Walk {
  private final Map<String, RunDirectory> runs = new LinkedHashMap<>();
  private final List<Directory> holders = new ArrayList<>();
  private final Map<Path, Directory> visited = new LinkedHashMap<>();

  /** The groups that were entered on a way with a link, each without links. */
  private final Set<Path> enteredByLink = new HashSet<>();

  private Walk() {}

  static Listing from(Directory root) {
    Walk walk = new Walk();
    // No recursion: folders may lie deeper in each other than a thread's stack allows.
    Deque<Iterator<Directory>> levels = new ArrayDeque<>();
    levels.push(List.of(root).iterator());
    while (!levels.isEmpty()) {
      if (levels.peek().hasNext()) {
        levels.push(walk.visit(levels.peek().next()).iterator());
      } else {
        levels.pop();
      }
    }
    return new Listing(walk.runs, List.copyOf(walk.holders), walk.visited);
  }

  /** Returns the directories in this one that are to be visited next. */
  private Collection<Directory> visit(Directory directory) {
    visited.put(directory.path(), directory);
    if (!directory.isInside()) {
      return List.of();
    }
    if (!directory.isSeen()) {
      boolean unusedChanged = directory.look();
    }
    if (directory.holdsRun()) {
      directory.run().ifPresent(run -> add(directory, run));
      return List.of();
    }
    if (wasEntered(directory)) {
      directory.leave();
      return List.of();
    }
    return directory.children();
  }

  /** A run found under two paths counts at the first. */
  private void add(Directory directory, RunDirectory run) {
    if (runs.putIfAbsent(run.id().value(), run) == null) {
      holders.add(directory);
    }
  }

  /**
   * Returns whether there is nothing new in a group that lies after a link: links may lead around
   * for ever, and many of them into each part of one deep folder, so that each group is entered on
   * such ways once.
   */
  private boolean wasEntered(Directory group) {
    return group.linkedGroup().filter(real -> !enteredByLink.add(real)).isPresent();
  }
}
