package org.runmetrics.run.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What the file system reports of a name without opening it.
 *
 * @param type what is there, after links are followed
 * @param link whether the name is a link, be it one that leads nowhere
 * @param identity the file's identity on its device, such as its inode; of a link its target's
 * @param size in bytes
 * @param changed when it was last written, or its attributes were, which on Unix nobody can set
 *     back; where the file system does not report it, when it was last written
 */
record FileState(Type type, boolean link, Object identity, long size, FileTime changed) {

  /** What is there. */
  enum Type {
    NOTHING,
    FILE,
    DIRECTORY
  }

  /** Where a link leads. */
  record Target(Path path, Object key) {}

  /** Clocks of file systems tick so seldom that two writes may have one time. */
  private static final Duration TICK = Duration.ofSeconds(2);

  private static final String UNIX = "unix";
  private static final String CHANGED = "ctime";
  private static final FileTime NEVER = FileTime.fromMillis(0);
  private static final FileState MISSING = new FileState(Type.NOTHING, false, "", 0, NEVER);
  private static final FileState ASTRAY = new FileState(Type.NOTHING, true, "", 0, NEVER);

  /** Looks at a name now. */
  static FileState of(Path path) {
    try {
      FileState own = read(path, LinkOption.NOFOLLOW_LINKS);
      return own.link ? ofLink(path) : own;
    } catch (IOException missing) {
      return MISSING;
    }
  }

  /** Returns whether the name exists, wherever it leads. */
  boolean exists() {
    return link || type != Type.NOTHING;
  }

  boolean isDirectory() {
    return type == Type.DIRECTORY;
  }

  /** Returns whether this is the same file or directory, whatever happened in it. */
  boolean isSame(FileState other) {
    return type == other.type && link == other.link && identity.equals(other.identity);
  }

  /** Returns whether any later change shows in the time of the last. */
  boolean isSettled(Instant now) {
    return changed.toInstant().isBefore(now.minus(TICK));
  }

  private static FileState ofLink(Path link) {
    try {
      Path path = link.toRealPath();
      FileState file = read(path);
      return new FileState(
          file.type, true, new Target(path, file.identity), file.size, file.changed);
    } catch (IOException leadsNowhere) {
      return ASTRAY;
    }
  }

  private static FileState read(Path path, LinkOption... options) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains(UNIX)) {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, options);
      Object key = Objects.requireNonNullElse(file.fileKey(), "");
      return of(
          file.isDirectory(), file.isSymbolicLink(), key, file.size(), file.lastModifiedTime());
    }
    Map<String, Object> file =
        Files.readAttributes(
            path, UNIX + ":isSymbolicLink,isDirectory,fileKey,size," + CHANGED, options);
    return of(
        Boolean.TRUE.equals(file.get("isDirectory")),
        Boolean.TRUE.equals(file.get("isSymbolicLink")),
        Objects.requireNonNull(file.get("fileKey")),
        (Long) Objects.requireNonNull(file.get("size")),
        (FileTime) Objects.requireNonNull(file.get(CHANGED)));
  }

  private static FileState of(
      boolean directory, boolean link, Object key, long size, FileTime changed) {
    return new FileState(directory ? Type.DIRECTORY : Type.FILE, link, key, size, changed);
  }
}
