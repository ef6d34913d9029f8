package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.runmetrics.exhaustion.Exhaustion;
import org.runmetrics.run.PathName;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunId;
import org.runmetrics.run.RunInfo;

/**
 * A directory of a storage root, or a link, with what was seen of it.
 *
 * <p>It is looked at before it is used, and again when somebody says so. Not thread-safe.
 */
final class Directory {
  private static final Comparator<Path> BY_NAME =
      Comparator.comparing(PathName::of).thenComparing(Comparator.naturalOrder());

  /** In a root, the runs of the newer layout come first. */
  private static final Comparator<Path> FOLDER_FIRST =
      Comparator.comparing((Path path) -> !path.endsWith(Place.FOLDER)).thenComparing(BY_NAME);

  private final Optional<Directory> parent;
  private final DirectoryPath where;
  private final Predicate<Path> watch;
  private final boolean inside;
  private FileState self;
  private Optional<RunFiles> files = Optional.empty();

  /** Whether the states of directory and files tell any change since. */
  private boolean settled;

  /** The part of an interval after which to look again, so that not all is looked at at once. */
  private final double rest = ThreadLocalRandom.current().nextDouble(0.5, 1);

  private boolean seen;
  private boolean watched;
  private boolean doubted;
  private boolean gone;

  /** When it was looked at, by {@link System#nanoTime}. */
  private long looked;

  private NavigableMap<Path, Directory> children = new TreeMap<>();
  private boolean listed;
  private Optional<HeldRun> run = Optional.empty();

  /**
   * Begins with a storage root.
   *
   * @param where the root itself
   * @param watch starts to watch a directory, if that is possible, and returns whether it does
   */
  Directory(DirectoryPath where, Predicate<Path> watch) {
    this(Optional.empty(), where, FileState.of(where.path()), watch);
  }

  private Directory(
      Optional<Directory> parent, DirectoryPath where, FileState self, Predicate<Path> watch) {
    this.parent = parent;
    this.where = where;
    this.watch = watch;
    this.self = self;
    this.inside = where.isInside(self);
  }

  Path path() {
    return where.path();
  }

  /** Returns whether it is a directory, or leads to one, inside the root. */
  boolean isInside() {
    return inside;
  }

  /** Returns where it lies without links if it is a group that was found by way of a link. */
  Optional<Path> linkedGroup() {
    return where.place() == Place.GROUP && !where.real().equals(where.path())
        ? Optional.of(where.real())
        : Optional.empty();
  }

  /** Returns whether anybody looked at it. */
  boolean isSeen() {
    return seen;
  }

  /** Returns whether it is what it was, or is there at all. */
  boolean isStill() {
    return !gone && FileState.of(path()).isSame(self);
  }

  /** Returns whether it holds a run, deleted or not; nothing below a run is of interest. */
  boolean holdsRun() {
    return files.filter(RunFiles::run).isPresent();
  }

  /** Returns the run that it holds, unless that was deleted or its name is no id. */
  Optional<RunDirectory> run() {
    if (run.isEmpty()) {
      String above = parent.map(directory -> directory.where.group()).orElse("");
      run = RunId.parse(PathName.of(path())).map(id -> new HeldRun(where.run(id, above)));
    }
    return files.filter(RunFiles::deleted).isPresent()
        ? Optional.empty()
        : run.map(HeldRun::directory);
  }

  /** Returns what the run says; the same object as long as that is the same. */
  RunInfo info() {
    return run.orElseThrow().info();
  }

  /** Returns what the run was started with and what came of it. */
  RunFacts facts() {
    return run.orElseThrow().facts();
  }

  /** Returns the directories and links in this one by name, wherever the links lead. */
  Collection<Directory> children() {
    if (!listed) {
      boolean unusedChanged = list();
    }
    return children.values();
  }

  /** Forgets all that is below, until somebody asks again. */
  void leave() {
    children.values().forEach(child -> child.gone = true);
    children = new TreeMap<>();
    listed = false;
  }

  /** Takes note that something may have changed. */
  void doubt() {
    doubted = true;
    settled = false;
  }

  /** Takes note that the watch has ended. */
  void unwatched() {
    watched = false;
    doubted = true;
  }

  /**
   * Returns whether to look again: after a report, by the clock, where a process ended, and always
   * at what links lead to, since no watch reports whether they lead elsewhere.
   */
  boolean isDoubtful(long now, Pace pace) {
    double nanos = rest * (watched ? pace.watched() : pace.unwatched()).toNanos();
    boolean linked = self.link() || files.filter(RunFiles::isLinked).isPresent();
    return !gone && (doubted || linked || now - looked >= nanos || hasLostProcess(now, pace));
  }

  private boolean hasLostProcess(long now, Pace pace) {
    return run.filter(held -> held.hasLostProcess(now, pace)).isPresent();
  }

  /** Looks at all that is known of it, and returns whether a walk may now find something else. */
  boolean look() {
    where.storage().looked();
    // Both before the look: what happens meanwhile is reported, and not settled.
    watched = watched || (inside && watch.test(path()));
    Instant now = Instant.now();
    looked = System.nanoTime();
    seen = true;
    doubted = false;
    FileState current = FileState.of(path());
    if (!current.isSame(self)) {
      gone = true;
      return parent.map(Directory::list).orElse(true);
    }
    boolean same = settled && current.equals(self);
    self = current;
    settled = self.isSettled(now);
    boolean changed = where.place().mayBeRun() && inside && lookAtFiles(same, now);
    if (holdsRun()) {
      leave();
    } else if (listed && !same) {
      changed |= list();
    }
    return changed;
  }

  private boolean lookAtFiles(boolean same, Instant now) {
    RunFiles found = RunFiles.of(path());
    Optional<RunFiles> before = files;
    files = Optional.of(found);
    settled &= found.isSettled(now);
    if (!same || !before.equals(files)) {
      run.ifPresent(HeldRun::doubt);
    }
    return before.filter(found::isSameRun).isEmpty();
  }

  /** Lists the children; of those that are the same what is known stays. */
  private boolean list() {
    NavigableMap<Path, Directory> found =
        new TreeMap<>(where.place() == Place.ROOT ? FOLDER_FIRST : BY_NAME);
    for (Path child : entries()) {
      Optional<Directory> known = Optional.ofNullable(children.get(child));
      known.filter(Directory::isStill).or(() -> at(child)).ifPresent(now -> found.put(child, now));
    }
    children.forEach((child, before) -> before.gone |= found.get(child) != before);
    boolean changed = !listed || !found.equals(children);
    children = found;
    listed = true;
    return changed;
  }

  /** Returns the names in it, as far as they can be read. */
  private List<Path> entries() {
    if (where.place() == Place.NAME) {
      return List.of(path().resolve(Place.FOLDER)); // Whatever else lies here may be many files.
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path())) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException unreadable) {
      Exhaustion.rethrow(new IOException(unreadable));
    } catch (IOException unreadable) {
      // What could be read of it counts, unless more could be read a moment later.
      Exhaustion.rethrow(unreadable);
    }
    return entries;
  }

  private Optional<Directory> at(Path child) {
    where.storage().looked();
    FileState state = FileState.of(child);
    return state.isDirectory() || state.link()
        ? where
            .place()
            .child(PathName.of(child))
            .map(next -> where.child(child, next, state))
            .map(below -> new Directory(Optional.of(this), below, state, watch))
        : Optional.empty();
  }
}
