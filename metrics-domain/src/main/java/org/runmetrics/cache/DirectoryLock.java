package org.runmetrics.cache;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder's lock, which one server at a time holds; the end of a process ends it.
 *
 * <p>On POSIX a process loses its lock of a file as soon as it closes any channel on that file. So
 * a second deployment in one process must not even open it: it looks for a system property first,
 * which all class loaders share.
 */
final class DirectoryLock implements AutoCloseable {
  private static final Logger LOG = System.getLogger(DirectoryLock.class.getName());

  private final String property;
  private final FileChannel channel;

  private DirectoryLock(String property, FileChannel channel) {
    this.property = property;
    this.channel = channel;
  }

  /** Takes the lock, or returns nothing if another server has it. */
  static Optional<DirectoryLock> tryAcquire(Path file) throws IOException {
    String property = "org.runmetrics.locked:" + file.toAbsolutePath();
    if (System.getProperties().putIfAbsent(property, "true") != null) {
      return Optional.empty();
    }
    Optional<DirectoryLock> acquired = Optional.empty();
    try {
      acquired = tryLock(property, file);
    } finally {
      if (acquired.isEmpty()) {
        System.getProperties().remove(property);
      }
    }
    return acquired;
  }

  private static Optional<DirectoryLock> tryLock(String property, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Somebody else's code in this process has it.
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(new DirectoryLock(property, channel)) : Optional.empty();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A lock could not be given back before the process ends", e);
    } finally {
      System.getProperties().remove(property);
    }
  }
}
