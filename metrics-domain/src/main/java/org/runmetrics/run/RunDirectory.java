package org.runmetrics.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.file.RegularFile;

/**
 * The directory of one run, and the files in it.
 *
 * <p>Files are handed out only if they are regular files that lie inside a root after links are
 * followed.
 *
 * @param id the run's id
 * @param path the directory
 * @param group the run's place in the hierarchy, such as {@code vision/small}; may be empty
 * @param relative the directory relative to the storage root, with slashes
 * @param location where it lies without links, below the folder of runs or else the storage root,
 *     with slashes; rules name it, as neither links nor what the run says of itself can change it
 * @param storage the storage root without links, from which its files are opened
 * @param root the folder without links that its files lie in: the storage root, or where users see
 *     only some of the runs its own directory, so that no link leads to those of others
 * @param host the machine that reads it, whose processes are known
 */
public record RunDirectory(
    RunId id,
    Path path,
    String group,
    String relative,
    String location,
    Path storage,
    Path root,
    Host host) {
  /** How many files of a run are listed, which takes about a tenth of a second. */
  public static final int MAX_FILES = 10_000;

  /** Returns the file of events, if there is one. */
  public Optional<RegularFile> events() {
    return file("events.jsonl");
  }

  /** Returns the log, if there is one. */
  public Optional<RegularFile> log() {
    return file("logs.txt");
  }

  /**
   * Returns a file of the folder of media, if it lies inside of that folder after links are
   * followed.
   *
   * @param name the path within the folder, as a client named it
   */
  public Optional<RegularFile> media(String name) {
    try {
      Path folder = path.resolve("media").toRealPath();
      return folder.startsWith(root) ? RegularFile.find(storage, folder, name) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /** Returns the name that the log has or will have. */
  public Path logName() {
    return path.resolve("logs.txt");
  }

  /** Returns the name that the file of events has or will have. */
  public Path eventsName() {
    return path.resolve("events.jsonl");
  }

  /** Returns the name that the file of the status has or will have. */
  public Path statusName() {
    return path.resolve("status.json");
  }

  /** Returns whether the tracker described the machine and its software. */
  public boolean hasEnvironment() {
    return file("environment.json").isPresent();
  }

  /**
   * Returns the regular files in the directory and below, in the order of their paths; see {@link
   * FileWalk}.
   *
   * @return no more than {@value #MAX_FILES}, which stand for as many or more
   */
  public List<ListedFile> files() {
    try {
      Path target = path.toRealPath();
      return target.startsWith(root) ? FileWalk.of(target, MAX_FILES) : List.of();
    } catch (IOException missing) {
      return List.of();
    }
  }

  /**
   * Returns the seconds since the run last wrote events, or else its log; nothing if it has written
   * neither.
   */
  OptionalLong silence(Instant now) {
    for (Optional<RegularFile> file : List.of(events(), log())) {
      try {
        if (file.isPresent()) {
          Instant written = file.get().stamp().modified().toInstant();
          return OptionalLong.of(Math.max(0, Duration.between(written, now).toSeconds()));
        }
      } catch (IOException gone) {
        // As if it had never been there.
      }
    }
    return OptionalLong.empty();
  }

  /** Returns whether the directory still holds a run, inside the root, that was not deleted. */
  public boolean isRun() {
    return holdsRun(path) && !isDeleted(path) && isInside();
  }

  static boolean holdsRun(Path directory) {
    return exists(directory, "meta.json")
        || exists(directory, "status.json")
        || exists(directory, "events.jsonl");
  }

  static boolean isDeleted(Path run) {
    return exists(run, ".deleted");
  }

  private boolean isInside() {
    try {
      return path.toRealPath().startsWith(root);
    } catch (IOException missing) {
      return false;
    }
  }

  private static boolean exists(Path directory, String name) {
    return Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  private Optional<RegularFile> file(String name) {
    return RegularFile.find(storage, root, path.resolve(name));
  }
}
