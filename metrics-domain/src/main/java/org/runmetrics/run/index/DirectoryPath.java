package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.runmetrics.run.PathName;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunId;

/**
 * Where a directory of a storage root lies: by the way on which it was found, and without links.
 *
 * @param storage the storage root as it was named
 * @param root the same without links
 * @param path the directory as it was found
 * @param real the directory without links, as far as is known
 * @param place what it may be
 * @param relative its path below the root, with slashes
 * @param group the group of what lies in it
 */
record DirectoryPath(
    StorageRoot storage,
    Path root,
    Path path,
    Path real,
    Place place,
    String relative,
    String group) {

  static DirectoryPath of(StorageRoot storage, Path root) {
    return new DirectoryPath(storage, root, root, root, Place.ROOT, "", "");
  }

  /** Returns where a directory or a link in this one lies. */
  DirectoryPath child(Path child, Place next, FileState state) {
    String name = PathName.of(child);
    return new DirectoryPath(
        storage,
        root,
        child,
        state.identity() instanceof FileState.Target target
            ? target.path()
            : real.equals(path) ? child : real.resolve(child.getFileName()),
        next,
        join(relative, name),
        switch (next) {
          case GROUP, PROJECT, NAME -> join(group, name);
          default -> group;
        });
  }

  /** Accepts a directory, and a link to one that lies inside the root and not above the link. */
  boolean isInside(FileState directory) {
    if (!(directory.identity() instanceof FileState.Target target)) {
      return directory.isDirectory();
    }
    try {
      Path parent = path.resolveSibling("").toRealPath();
      return directory.isDirectory()
          && target.path().startsWith(root)
          && !parent.startsWith(target.path());
    } catch (IOException missing) {
      return false;
    }
  }

  /**
   * Returns the run that lies here.
   *
   * <p>Where users see only some runs it says nothing of the folders that links to it lie in.
   *
   * @param above the group of what lies beside it
   */
  RunDirectory run(RunId id, String above) {
    String location = location();
    return storage.isConfined()
        ? new RunDirectory(
            id,
            path,
            group(location),
            names(root.relativize(real)),
            location,
            root,
            real,
            storage.host())
        : new RunDirectory(id, path, above, relative, location, root, root, storage.host());
  }

  /**
   * Returns where this lies without links: below the folder of runs, or after a slash the root. A
   * folder of runs that is a link has nothing below it.
   */
  private String location() {
    Path runs = root.resolve(Place.FOLDER);
    return real.startsWith(runs)
        ? names(runs.relativize(real))
        : "/" + names(root.relativize(real));
  }

  /** Returns the group of a run by where it lies, in either layout. */
  private static String group(String location) {
    String above = location.substring(0, Math.max(0, location.lastIndexOf('/')));
    return above.startsWith("/")
        ? above.substring(1).replaceFirst("/" + Place.FOLDER + "$", "")
        : above;
  }

  private static String names(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(PathName::of)
        .collect(Collectors.joining("/"));
  }

  private static String join(String parent, String name) {
    return parent.isEmpty() ? name : parent + "/" + name;
  }
}
