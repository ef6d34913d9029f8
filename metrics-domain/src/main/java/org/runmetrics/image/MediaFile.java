package org.runmetrics.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.runmetrics.file.FileStamp;
import org.runmetrics.file.OpenFile;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.RunDirectory;

/**
 * A file of a run's folder of media, as it was when it was looked at.
 *
 * @param file the file
 * @param stamp what the file system says of it
 * @param kind what its content says that it is
 */
public record MediaFile(RegularFile file, FileStamp stamp, MediaKind kind) {

  /**
   * Names that hold a hash: the tracker's, of a time in milliseconds and random digits, or a digest
   * of at least 80 bits. Shorter digits may be a step, and the file another the next time.
   */
  private static final Pattern HASH =
      Pattern.compile(
          "\\d{13}_[0-9a-f]{6,64}_.*"
              + "|(?:.*[_.-])?(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{20,128}(?:[_.-].*)?",
          Pattern.DOTALL);

  /**
   * Finds a file.
   *
   * @param name its path within the folder of media
   * @return nothing if there is no regular file of that name inside of the folder
   * @throws IOException if it cannot be read
   */
  public static Optional<MediaFile> find(RunDirectory run, String name) throws IOException {
    Optional<RegularFile> file = run.media(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (OpenFile open = file.get().open()) {
      MediaKind kind = MediaKind.of(open.stream().readNBytes(MediaKind.HEAD_BYTES));
      return Optional.of(new MediaFile(file.get(), open.stamp(), kind));
    } catch (NoSuchFileException goneMeanwhile) {
      return Optional.empty();
    }
  }

  /** Returns the last name of its path. */
  public String name() {
    return String.valueOf(file.path().getFileName());
  }

  /** Returns whether the name holds a hash, so that the file never changes under that name. */
  public boolean hasHash() {
    return HASH.matcher(name()).matches();
  }

  /**
   * Opens a part of it.
   *
   * @param from the first byte
   * @throws IOException if it is another file by now
   */
  public InputStream read(long from) throws IOException {
    OpenFile open = file.open();
    if (!open.stamp().equals(stamp)) {
      open.close();
      throw new EOFException("The file was replaced");
    }
    open.channel().position(from);
    return open.stream();
  }
}
