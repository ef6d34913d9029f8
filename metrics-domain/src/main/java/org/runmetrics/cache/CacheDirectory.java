package org.runmetrics.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of the cache's disk tier, for one server alone as long as it runs.
 *
 * <p>What lies there is used only if this program wrote it, in this format, and closed it properly.
 * Only what has the names below is ever deleted. Where a folder cannot be had, a temporary one
 * takes its place, which is gone when the server stops.
 */
final class CacheDirectory implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CacheDirectory.class.getName());

  private static final String MARKER = "runmetrics-cache.marker";
  private static final String LOCK = "runmetrics-cache.lock";
  private static final String MANIFEST = "runmetrics-cache.manifest";
  private static final String STORE = "runmetrics-cache.store";
  private static final Set<String> OWN_NAMES = Set.of(MARKER, LOCK, MANIFEST, STORE);

  private static final String MAGIC = "Runmetrics cache, may be deleted while no server runs\n";
  private static final String MARK = MAGIC + "format " + EntrySerializer.FORMAT + "\n";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;

  /** Held until the server stops; none for a temporary folder. */
  private final Optional<DirectoryLock> lock;

  private CacheDirectory(Path path, Optional<DirectoryLock> lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Takes a folder, or a temporary one in its place. */
  static CacheDirectory claim(Path wanted) {
    try {
      Path path = create(wanted);
      if (isForeign(path)) {
        return instead(path, "it holds files that are not the cache's");
      }
      Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(path.resolve(LOCK));
      return lock.isEmpty()
          ? instead(path, "another server uses it")
          : prepare(new CacheDirectory(path, lock));
    } catch (IOException | SecurityException unusable) {
      return instead(wanted, unusable.toString());
    }
  }

  static CacheDirectory temporary() {
    try {
      return new CacheDirectory(
          Files.createTempDirectory("runmetrics-cache-").toRealPath(), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("metrics.cache.disk needs a folder", e);
    }
  }

  /** Returns where Ehcache's files lie; the folder is there only once Ehcache has made it. */
  Path store() {
    return path.resolve(STORE);
  }

  boolean isTemporary() {
    return lock.isEmpty();
  }

  /** Throws away what is stored. */
  void discard() {
    try {
      Files.deleteIfExists(path.resolve(MANIFEST));
      delete(store());
    } catch (IOException e) {
      throw new UncheckedIOException("The cache in " + path + " could not be deleted", e);
    }
  }

  /** Makes what is stored count at the next start; nothing may be written any more. */
  void seal() {
    try {
      if (!isTemporary()) {
        Manifest.write(path.resolve(MANIFEST), store());
        force(path);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The cache in " + path + " will be built anew at the next start", e);
    }
  }

  /** Leaves the folder to others; a temporary one is deleted. */
  @Override
  public void close() {
    if (isTemporary()) {
      discard();
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException("The folder " + path + " could not be deleted", e);
      }
    }
    lock.ifPresent(DirectoryLock::close);
  }

  private static CacheDirectory prepare(CacheDirectory directory) throws IOException {
    Path path = directory.path;
    try {
      if (isPosix(path)) {
        Files.setPosixFilePermissions(path, OWNER_ONLY);
      }
      Path marker = path.resolve(MARKER);
      Path manifest = path.resolve(MANIFEST);
      boolean marked = read(marker).equals(MARK);
      if (!marked || !Manifest.matches(manifest, directory.store())) {
        if (Files.exists(directory.store(), LinkOption.NOFOLLOW_LINKS)) {
          LOG.log(
              Level.WARNING,
              "The cache in {0} is damaged, of another version or was not closed:"
                  + " it is built anew",
              path);
        }
        directory.discard();
        Files.writeString(marker, MARK);
      }
      // Until the next proper end nothing here counts.
      Files.deleteIfExists(manifest);
      force(path);
      return directory;
    } catch (IOException | RuntimeException unusable) {
      directory.close();
      throw unusable;
    }
  }

  private static CacheDirectory instead(Path path, String reason) {
    CacheDirectory temporary = temporary();
    LOG.log(
        Level.WARNING,
        "metrics.cache.directory {0} is not used, {1}. The cache lies in {2} until the server stops",
        path,
        reason,
        temporary.path);
    return temporary;
  }

  private static Path create(Path wanted) throws IOException {
    if (!Files.isDirectory(wanted)) {
      FileAttribute<?>[] attributes =
          isPosix(wanted)
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
              : new FileAttribute<?>[] {};
      Files.createDirectories(wanted, attributes);
    }
    return wanted.toRealPath();
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Returns whether a folder holds anything but a cache of ours, of whatever version. */
  private static boolean isForeign(Path path) throws IOException {
    if (read(path.resolve(MARKER)).startsWith(MAGIC)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.anyMatch(file -> !OWN_NAMES.contains(String.valueOf(file.getFileName())));
    }
  }

  /** Returns a small text file, or an empty text for anything else. */
  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 1000) {
      return "";
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static void force(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Links are deleted and not followed. */
  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(tree)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
