package org.runmetrics.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A regular file that was found below a folder, and may be opened.
 *
 * @param folder the folder, without links, from which it is opened
 * @param path the file, without links
 */
public record RegularFile(Path folder, Path path) {

  /**
   * Finds a file by following links, as long as these lead to no place outside of a folder.
   *
   * @param folder the folder, without links, from which it is opened
   * @param limit the folder itself or one below, without links, that it must lie in
   * @param path the file as somebody named it
   */
  public static Optional<RegularFile> find(Path folder, Path limit, Path path) {
    try {
      Path target = path.toRealPath();
      return target.startsWith(limit) && Files.isRegularFile(target)
          ? Optional.of(new RegularFile(folder, target))
          : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /** Finds a file that must lie in a folder by a name there that need not even be one. */
  public static Optional<RegularFile> find(Path folder, Path limit, String name) {
    try {
      return find(folder, limit, limit.resolve(name));
    } catch (InvalidPathException none) {
      return Optional.empty();
    }
  }

  /** Returns what the file system says of whatever has that path now. */
  public FileStamp stamp() throws IOException {
    return FileStamp.of(path);
  }

  /**
   * Opens the file, if it still lies where it was found.
   *
   * @throws java.nio.file.NoSuchFileException if it is gone
   * @throws IOException if it cannot be read, if anything else took its place, or if the disk does
   *     not answer
   */
  public OpenFile open() throws IOException {
    return DiskThreads.ask(this::openHere, OpenFile::closeQuietly);
  }

  private OpenFile openHere() throws IOException {
    try (OpenFolder holder = OpenFolder.of(folder, path.resolveSibling(""))) {
      return holder.file(path.getFileName());
    }
  }
}
