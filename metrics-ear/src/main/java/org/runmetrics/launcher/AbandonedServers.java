package org.runmetrics.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
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

  /** Marks a folder as used until the process ends; without a mark it is only never removed. */
  static void mark(Path folder) {
    try {
      // Locked before it has the name that others look for.
      Path unnamed = folder.resolve(MARK + ".new");
      HELD.add(
          FileChannel.open(unnamed, StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock());
      Files.move(unnamed, folder.resolve(MARK));
    } catch (IOException unmarked) {
      System.err.println("What is in " + folder + " will stay there if this process is killed");
    }
  }

  /** Removes the folders that no process uses. */
  static void remove(Path temporary) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, FOLDERS)) {
      folders.forEach(AbandonedServers::removeIfAbandoned);
    } catch (IOException | DirectoryIteratorException unreadable) {
      // It costs room on the disk and nothing else.
    }
  }

  private static void removeIfAbandoned(Path folder) {
    try {
      if (isAbandoned(folder)) {
        UnpackedServer.delete(folder);
      }
    } catch (IOException | UncheckedIOException notOurs) {
      // Another user's, or one that somebody else removes now; those after it may be ours.
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    Path mark = folder.resolve(MARK);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !isOwn(folder)
        || !Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(mark, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      return lock.isPresent();
    }
  }

  /**
   * Another user could put links into a folder of their own, and have what they lead to deleted.
   */
  private static boolean isOwn(Path folder) throws IOException {
    return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
        .equals(
            folder
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name", "")));
  }
}
