package org.runmetrics.run.index;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunId;
import org.runmetrics.run.RunInfo;
import org.runmetrics.watch.DirectoryChanges;

/**
 * A directory below the storage root, or a link, with what was seen of it.
 *
 * <p>It is looked at when it is asked for, after its watch began, and again only once something may
 * have changed. Not thread-safe.
 */
final class Directory {
  private final DirectoryTree tree;
  private final Path path;
  private final String name;
  private final FileState state;
  private final boolean inside;
  private final RunFacts facts;
  private final Children children;
  private Optional<RunDirectory> run = Optional.empty();
  private boolean watched;

  /** The directory itself when it was last looked at, and whether that tells any later change. */
  private FileState self;

  private boolean settled;

  Directory(DirectoryTree tree, Path path, FileState state) {
    this.tree = tree;
    this.path = path;
    this.name = path.getFileName() == null ? "" : PathName.of(path);
    this.state = state;
    this.self = state;
    this.inside = state.isDirectory() && tree.holds(path, state);
    this.facts = new RunFacts(path);
    this.children = new Children(tree, path);
  }

  Path path() {
    return path;
  }

  String name() {
    return name;
  }

  /** Returns what it was when its parent was looked at. */
  FileState state() {
    return state;
  }

  /** Tells whether it is a directory, or leads to one, inside the root. */
  boolean isInside() {
    return inside;
  }

  /** Returns where it leads if it is a link to something. */
  Optional<Path> target() {
    return state.identity() instanceof FileState.Target target
        ? Optional.of(target.path())
        : Optional.empty();
  }

  /** Tells whether it holds a run, deleted or not; nothing below a run is of interest. */
  boolean holdsRun() {
    watch();
    boolean holds = facts.files().run();
    if (holds) {
      children.forget();
    }
    return holds;
  }

  boolean isDeleted() {
    return facts.files().deleted();
  }

  /** Returns the run in this directory, which keeps its place in the hierarchy. */
  RunDirectory run(RunId id, String group) {
    if (run.isEmpty()) {
      run = Optional.of(new RunDirectory(id, path, group, tree.relative(path), tree.root()));
    }
    return run.get();
  }

  /** Returns what the run says, which is read again only if it may have changed. */
  RunInfo info() {
    return facts.info(run.orElseThrow());
  }

  /** Returns the directories in this one by name, and the links to such inside the root. */
  List<Directory> directories() {
    watch();
    return children.directories();
  }

  /** Returns the directory {@code runs} in this one, without looking at any other. */
  Optional<Directory> runs() {
    watch();
    return children.runs();
  }

  /** Forgets all that is below, until somebody asks again. */
  void leave() {
    children.forget();
  }

  /** Tells whether something may change where no watch sees it. */
  boolean holdsLinks() {
    return children.holdLinks() || (facts.isKnown() && facts.files().isLinked());
  }

  /** Looks where the links lead now. */
  void verifyLinks() {
    children.verifyLinks();
    if (facts.isKnown() && facts.files().isLinked()) {
      note(facts.verify());
    }
  }

  /** Looks whether the directory itself changed, which only the watch of its parent tells. */
  void verifySelf() {
    Instant now = Instant.now();
    FileState current = FileState.of(path);
    if (!settled || !current.equals(self)) {
      self = current;
      settled = current.isSettled(now);
      verify();
    }
  }

  /** Looks again at all that is known from here on down and is not watched. */
  void verifyUnwatched() {
    if (!watched) {
      verify();
    }
    children.forEach(Directory::verifyUnwatched);
  }

  /** Takes note of changes that the watch reported. */
  void apply(DirectoryChanges changes) {
    if (changes.ended()) {
      endWatch();
    }
    if (changes.incomplete() || changes.ended()) {
      verify();
      return;
    }
    note(facts.apply(changes));
    changes.names().forEach(children::apply);
  }

  /** Ends all watches from here on down. */
  void unwatch() {
    endWatch();
    children.forEach(Directory::unwatch);
  }

  private void endWatch() {
    if (watched) {
      tree.unwatch(this);
      watched = false;
    }
  }

  private void verify() {
    watch();
    note(facts.verify());
    children.verify();
  }

  private void note(RunFacts.Change change) {
    switch (change) {
      case NOTHING -> {}
      case INFO -> tree.outdated();
      case RUN -> tree.changed();
    }
  }

  private void watch() {
    watched = watched || tree.watch(this);
  }
}
