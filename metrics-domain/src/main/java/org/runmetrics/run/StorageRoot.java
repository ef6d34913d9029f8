package org.runmetrics.run;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder that holds all runs, in both layouts of the tracker.
 *
 * <ul>
 *   <li>{@code <root>/runs/<group of any depth>/<run id>/}
 *   <li>{@code <root>/<project>/<name>/runs/<run id>/}, the older one
 * </ul>
 *
 * <p>Links are followed while they stay inside the root. Directories that cannot be read are passed
 * over. Nothing is ever written.
 */
public final class StorageRoot {
  private static final String RUNS = "runs";

  private final Path path;

  /** Takes a folder that may not exist yet. */
  public StorageRoot(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /** Tells whether the folder can be read now. */
  public boolean isReadable() {
    return Files.isDirectory(path) && Files.isReadable(path);
  }

  /** Finds every run, each id once, in the order of their paths. */
  public List<RunDirectory> scan() {
    Optional<Path> root = realPath(path);
    return root.isEmpty() ? List.of() : new Scan(root.get()).runs();
  }

  private static Optional<Path> realPath(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /** One walk through the root; a run found under two paths counts at the first. */
  private static final class Scan {
    private final Path root;
    private final List<RunDirectory> runs = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<Path> linkedGroups = new HashSet<>();

    Scan(Path root) {
      this.root = root;
    }

    List<RunDirectory> runs() {
      for (Path child : runsOf(root)) {
        visit(child, "");
      }
      for (Path project : directories(root)) {
        if (!name(project).equals(RUNS)) {
          for (Path name : directories(project)) {
            visitOlderLayout(name, name(project) + "/" + name(name));
          }
        }
      }
      return List.copyOf(runs);
    }

    private void visitOlderLayout(Path directory, String group) {
      for (Path child : runsOf(directory)) {
        if (RunDirectory.holdsRun(child)) {
          add(child, group);
        }
      }
    }

    private void visit(Path directory, String group) {
      if (RunDirectory.holdsRun(directory)) {
        add(directory, group);
      } else if (!isCircle(directory)) {
        String name = name(directory);
        for (Path child : directories(directory)) {
          visit(child, group.isEmpty() ? name : group + "/" + name);
        }
      }
    }

    private void add(Path directory, String group) {
      if (!RunDirectory.isDeleted(directory)) {
        RunId.parse(name(directory))
            .filter(id -> ids.add(id.value()))
            .map(id -> new RunDirectory(id, directory, group, relative(directory), root))
            .ifPresent(runs::add);
      }
    }

    /** Links among groups may lead around for ever, so each group is entered by a link once. */
    private boolean isCircle(Path group) {
      return Files.isSymbolicLink(group) && realPath(group).filter(linkedGroups::add).isEmpty();
    }

    private String relative(Path directory) {
      StringBuilder relative = new StringBuilder();
      for (Path segment : root.relativize(directory)) {
        relative.append(relative.isEmpty() ? "" : "/").append(name(segment));
      }
      return relative.toString();
    }

    private List<Path> runsOf(Path directory) {
      Path runs = directory.resolve(RUNS);
      return isInside(runs) ? directories(runs) : List.of();
    }

    private List<Path> directories(Path parent) {
      List<Path> directories = new ArrayList<>();
      try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
        for (Path child : children) {
          if (isInside(child)) {
            directories.add(child);
          }
        }
      } catch (IOException | DirectoryIteratorException unreadable) {
        return directories;
      }
      directories.sort(Comparator.comparing(PathName::of));
      return directories;
    }

    /** Accepts a directory, and a link to one that lies inside the root and not above the link. */
    private boolean isInside(Path child) {
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
      if (!Files.isSymbolicLink(child) || !Files.isDirectory(child)) {
        return false;
      }
      Path parent = realPath(child.resolveSibling("")).orElse(root);
      return realPath(child)
          .filter(target -> target.startsWith(root) && !parent.startsWith(target))
          .isPresent();
    }

    private static String name(Path path) {
      return PathName.of(path);
    }
  }
}
