package org.runmetrics.run.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunId;

/** One walk through a storage root; a run found under two paths counts at the first. */
final class Scan {
  private final List<RunDirectory> runs = new ArrayList<>();
  private final List<Directory> holders = new ArrayList<>();
  private final List<Directory> visited = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<Path> linkedGroups = new HashSet<>();

  private Scan() {}

  /** Walks through what is known and looks at what is not. */
  static Listing of(DirectoryTree tree) {
    Scan scan = new Scan();
    scan.walk(tree.top());
    return Listing.of(scan.runs, scan.holders, scan.visited);
  }

  private void walk(Directory root) {
    for (Directory child : children(root.runs())) {
      visit(child, "");
    }
    for (Directory project : directories(root)) {
      if (!project.name().equals("runs")) {
        for (Directory name : directories(project)) {
          visitOlderLayout(name, project.name() + "/" + name.name());
        }
      }
    }
  }

  private void visitOlderLayout(Directory directory, String group) {
    visited.add(directory);
    for (Directory child : children(directory.runs())) {
      visited.add(child);
      if (child.holdsRun()) {
        add(child, group);
      }
    }
  }

  private void visit(Directory directory, String group) {
    visited.add(directory);
    if (directory.holdsRun()) {
      add(directory, group);
    } else if (isCircle(directory)) {
      directory.leave();
    } else {
      String name = directory.name();
      for (Directory child : directory.directories()) {
        visit(child, group.isEmpty() ? name : group + "/" + name);
      }
    }
  }

  private void add(Directory directory, String group) {
    if (directory.isDeleted()) {
      return;
    }
    Optional<RunId> id = RunId.parse(directory.name());
    if (id.filter(unseen -> ids.add(unseen.value())).isPresent()) {
      runs.add(directory.run(id.get(), group));
      holders.add(directory);
    }
  }

  /** Links among groups may lead around for ever, so each group is entered by a link once. */
  private boolean isCircle(Directory group) {
    return group.target().filter(target -> !linkedGroups.add(target)).isPresent();
  }

  private List<Directory> children(Optional<Directory> runs) {
    return runs.map(this::directories).orElse(List.of());
  }

  private List<Directory> directories(Directory directory) {
    visited.add(directory);
    return directory.directories();
  }
}
