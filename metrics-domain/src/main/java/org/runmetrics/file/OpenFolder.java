package org.runmetrics.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * A folder, held open, so that nobody can put another in its place while files in it are opened.
 *
 * <p>From an outermost folder down each was opened within the one before and without following
 * links, as {@code openat} with {@code O_NOFOLLOW} does. Where the file system has no such calls,
 * as on Windows, it is looked after each opening whether the path still has no links.
 */
public final class OpenFolder implements AutoCloseable {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /** How often a file that is replaced while it is opened is opened anew. */
  private static final int ATTEMPTS = 100;

  private final Path path;
  private final Optional<SecureDirectoryStream<Path>> held;

  private OpenFolder(Path path, Optional<SecureDirectoryStream<Path>> held) {
    this.path = path;
    this.held = held;
  }

  /**
   * Opens a folder.
   *
   * @param outermost a folder; links that lead to it are its owner's
   * @param path the folder itself or one below, without links
   * @throws IOException if it is gone or may not be listed, or if a link took its place
   */
  @SuppressWarnings("StreamResourceLeak") // Closed with what is returned.
  public static OpenFolder of(Path outermost, Path path) throws IOException {
    directory(outermost, Files.readAttributes(outermost, BasicFileAttributes.class));
    DirectoryStream<Path> stream = Files.newDirectoryStream(outermost);
    if (!(stream instanceof SecureDirectoryStream<Path> within)) {
      stream.close();
      return new OpenFolder(path, Optional.empty());
    }
    if (!path.equals(outermost)) {
      for (Path name : outermost.relativize(path)) {
        try (SecureDirectoryStream<Path> above = within) {
          directory(name, attributes(above, name));
          within = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
    return new OpenFolder(path, Optional.of(within));
  }

  /** Returns whether a name in the folder is a link. */
  public boolean isLink(Path name) throws IOException {
    return attributes(name).isSymbolicLink();
  }

  /**
   * Opens a file in the folder.
   *
   * @param name of a regular file, not of a link to one
   * @throws NoSuchFileException if none has that name
   */
  public OpenFile file(Path name) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Opened without this look, a pipe would wait for somebody to write into it.
      FileStamp before = stamp(name);
      SeekableByteChannel channel = open(name);
      try {
        FileStamp stamp = stamp(name);
        if (stamp.key().equals(before.key()) && channel.position() == 0) {
          return new OpenFile(channel, stamp);
        }
      } catch (IOException failure) {
        channel.close();
        throw failure;
      }
      channel.close();
    }
    throw new FileSystemException(name.toString(), null, "It is replaced again and again");
  }

  private SeekableByteChannel open(Path name) throws IOException {
    return held.isPresent()
        ? held.get().newByteChannel(name, READ)
        : Files.newByteChannel(path.resolve(name), READ);
  }

  private FileStamp stamp(Path name) throws IOException {
    BasicFileAttributes attributes = attributes(name);
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException(name.toString(), null, "No regular file is there");
    }
    return FileStamp.of(attributes);
  }

  private BasicFileAttributes attributes(Path name) throws IOException {
    if (held.isPresent()) {
      return attributes(held.get(), name);
    }
    if (!path.toRealPath().equals(path)) {
      throw new NoSuchFileException(path.toString(), null, "A link took the folder's place");
    }
    return Files.readAttributes(
        path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    return folder
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** Opened without this look, a pipe in a folder's place would wait for a writer, too. */
  private static void directory(Path name, BasicFileAttributes attributes)
      throws NotDirectoryException {
    if (!attributes.isDirectory()) {
      throw new NotDirectoryException(name.toString());
    }
  }

  /** Closes the folder, not the files that were opened in it. */
  @Override
  public void close() {
    try {
      if (held.isPresent()) {
        held.get().close();
      }
    } catch (IOException nothingToSave) {
      // It was only read.
    }
  }
}
