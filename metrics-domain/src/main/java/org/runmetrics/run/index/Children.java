package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The directories and links in a directory by name, as far as anybody asked.
 *
 * <p>Links are kept wherever they lead, since that may change. Not thread-safe.
 */
final class Children {
  private static final Comparator<Path> BY_NAME =
      Comparator.comparing(PathName::of).thenComparing(Comparator.naturalOrder());

  private final DirectoryTree tree;
  private final Path parent;
  private final Path runs;
  private NavigableMap<Path, Directory> children = new TreeMap<>(BY_NAME);

  /** Whether all children are known, or else at least whether there is one called {@code runs}. */
  private boolean listed;

  private boolean searched;

  Children(DirectoryTree tree, Path parent) {
    this.tree = tree;
    this.parent = parent;
    this.runs = parent.resolve("runs");
  }

  /** Returns all that are directories inside the root. */
  List<Directory> directories() {
    if (!listed) {
      list();
    }
    return children.values().stream().filter(Directory::isInside).toList();
  }

  /** Returns the directory {@code runs} inside the root, without looking at any other. */
  Optional<Directory> runs() {
    if (!listed && !searched) {
      searched = true;
      put(runs, FileState.of(runs));
    }
    return Optional.ofNullable(children.get(runs)).filter(Directory::isInside);
  }

  boolean holdLinks() {
    return children.values().stream().anyMatch(child -> child.state().link());
  }

  void verifyLinks() {
    forEach(
        child -> {
          if (child.state().link() && verify(child) && child.isInside()) {
            child.verifySelf();
          }
        });
  }

  /** Looks again at all that is known. */
  void verify() {
    if (listed) {
      list();
    } else if (searched) {
      Optional.ofNullable(children.get(runs)).ifPresentOrElse(this::verify, () -> look(runs));
    }
  }

  /** Looks again at a child, if it is one that anybody asked for. */
  void apply(Path name) {
    Path child = parent.resolve(name);
    if (listed || (searched && child.equals(runs))) {
      look(child);
    }
  }

  void forEach(Consumer<Directory> action) {
    List.copyOf(children.values()).forEach(action);
  }

  /** Forgets all that is known. */
  void forget() {
    forEach(Directory::unwatch);
    children.clear();
    listed = false;
    searched = false;
  }

  private boolean verify(Directory child) {
    boolean same = child.state().isSame(FileState.of(child.path()));
    if (!same) {
      look(child.path());
    }
    return same;
  }

  /** Looks at a child as if it were new: whatever happened to it may have changed all below it. */
  private void look(Path child) {
    Optional<Directory> before = Optional.ofNullable(children.remove(child));
    before.ifPresent(Directory::unwatch);
    if (put(child, FileState.of(child)) || before.isPresent()) {
      tree.changed();
    }
  }

  /** Lists the children; of those that are the same what is known stays. */
  private void list() {
    NavigableMap<Path, Directory> before = children;
    children = new TreeMap<>(BY_NAME);
    boolean added = false;
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent)) {
      for (Path child : found) {
        FileState now = FileState.of(child);
        Directory same = before.get(child);
        if (same != null && same.state().isSame(now)) {
          children.put(child, same);
          before.remove(child);
        } else {
          added |= put(child, now);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // What could be read of it counts.
    }
    before.values().forEach(Directory::unwatch);
    if (!before.isEmpty() || (added && listed)) {
      tree.changed();
    }
    listed = true;
  }

  private boolean put(Path child, FileState now) {
    boolean wanted = now.isDirectory() || now.link();
    if (wanted) {
      children.put(child, new Directory(tree, child, now));
    }
    return wanted;
  }
}
