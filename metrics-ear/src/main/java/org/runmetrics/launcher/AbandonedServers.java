package org.runmetrics.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folders of servers that were killed before they could remove them, 110 MB each.
 *
 * <p>A folder is a server's as long as that holds the lock of a file in it, which the operating
 * system takes from a process that is gone. Folders without such a file are none of ours.
 */
final class AbandonedServers {
  private static final String MARK = "runmetrics.lock";

  /** What Payara Micro calls its folders. */
  private static final String FOLDERS = "payaramicro-rt*";

  /** Kept reachable, as a lock goes with its channel. */
  private static final List<FileLock> HELD = new ArrayList<>();

  private AbandonedServers() {}

  /** Marks the folder of this server, if it has one, as used until the process ends. */
  static void mark(Optional<Path> own) throws IOException {
    if (own.isPresent()) {
      Path mark = own.get().resolve(MARK);
      HELD.add(FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock());
    }
  }

  /** Removes the folders that no process uses. */
  static void remove(Path temporary) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, FOLDERS)) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          UnpackedServer.delete(folder);
        }
      }
    } catch (IOException | UncheckedIOException notOurs) {
      // Another user's, or one that somebody else removes now: the next start looks again.
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    Path mark = folder.resolve(MARK);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(mark, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      return lock.isPresent();
    }
  }
}
