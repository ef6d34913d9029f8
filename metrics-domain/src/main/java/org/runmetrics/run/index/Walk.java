package org.runmetrics.run.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.run.RunDirectory;

/** One walk through a storage root, which looks at what nobody has seen yet. */
final class Walk {
  private final Map<String, RunDirectory> runs = new LinkedHashMap<>();
  private final List<Directory> holders = new ArrayList<>();
  private final Map<Path, Directory> visited = new LinkedHashMap<>();
  private final Set<Path> linkedGroups = new HashSet<>();

  private Walk() {}

  static Listing from(Directory root) {
    Walk walk = new Walk();
    walk.visit(root);
    return new Listing(walk.runs, List.copyOf(walk.holders), walk.visited);
  }

  private void visit(Directory directory) {
    visited.put(directory.path(), directory);
    if (!directory.isInside()) {
      return;
    }
    if (!directory.isSeen()) {
      boolean unusedChanged = directory.look();
    }
    if (directory.holdsRun()) {
      directory.run().ifPresent(run -> add(directory, run));
    } else if (isCircle(directory)) {
      directory.leave();
    } else {
      directory.children().forEach(this::visit);
    }
  }

  /** A run found under two paths counts at the first. */
  private void add(Directory directory, RunDirectory run) {
    if (runs.putIfAbsent(run.id().value(), run) == null) {
      holders.add(directory);
    }
  }

  /** Links among groups may lead around for ever, so each group is entered by a link once. */
  private boolean isCircle(Directory group) {
    Optional<Path> target = group.linkedGroup();
    return target.isPresent() && !linkedGroups.add(target.get());
  }
}
