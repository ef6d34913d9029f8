package org.runmetrics.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.exhaustion.Exhaustion;
import org.runmetrics.file.OpenFile;
import org.runmetrics.file.RegularFile;
import org.runmetrics.file.SilentDiskException;
import org.runmetrics.line.LineEncoding;
import org.runmetrics.run.RunDirectory;

/**
 * An open log, whose bytes are read from any offset.
 *
 * @param file the log, open
 */
public record LogFile(OpenFile file) implements AutoCloseable {

  private static final int SEARCH_BYTES = 64 << 10;

  /** Enough for the time of day that most lines hold. */
  private static final int ANCHOR_BYTES = 64;

  /**
   * Opens the log that a run has now, or nothing if there is none that can be read.
   *
   * @throws UncheckedIOException of a {@link SilentDiskException} if the disk does not answer, or
   *     if no descriptor is left
   */
  public static Optional<LogFile> open(RunDirectory run) {
    // A file that is replaced between looking and opening is looked at once more.
    for (int attempt = 0; attempt < 3; attempt++) {
      Optional<LogFile> file = tryOpen(run);
      if (file.isEmpty() || file.get().isAt(run)) {
        return file;
      }
      file.get().closeQuietly();
    }
    return Optional.empty();
  }

  private static Optional<LogFile> tryOpen(RunDirectory run) {
    try {
      Optional<RegularFile> file = run.log();
      if (file.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new LogFile(file.get().open()));
    } catch (SilentDiskException silent) {
      throw new UncheckedIOException(silent);
    } catch (IOException unreadable) {
      Exhaustion.rethrow(unreadable);
      return Optional.empty();
    }
  }

  /** Returns what it is read by. */
  public SeekableByteChannel channel() {
    return file.channel();
  }

  /** Returns the identity of the file, which is no other's while it is open. */
  public String key() {
    return file.stamp().key();
  }

  /** Returns whether the run's log is still this file. */
  boolean isAt(RunDirectory run) {
    try {
      Optional<RegularFile> now = run.log();
      return now.isPresent() && now.get().stamp().key().equals(key());
    } catch (IOException gone) {
      return false;
    }
  }

  /** Returns up to a number of bytes, fewer only at the end of the file. */
  public byte[] bytes(long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    channel().position(from);
    while (buffer.hasRemaining() && channel().read(buffer) >= 0) {
      // A channel may return less than was asked for.
    }
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  /** Returns the last bytes in front of an offset: they tell a log that grew from one rewritten. */
  public byte[] before(long offset) throws IOException {
    int length = (int) Math.min(ANCHOR_BYTES, offset);
    return bytes(offset - length, length);
  }

  /** Returns the encoding that the file's first bytes tell. */
  LineEncoding encoding() throws IOException {
    return LineEncoding.of(bytes(0, 2));
  }

  /** Returns whether a line ends between two offsets. */
  boolean hasNewline(long from, long to, LineEncoding encoding) throws IOException {
    return lineEnd(from, to, encoding).isPresent();
  }

  /** Returns the offset after the first line feed between two offsets, if there is one. */
  OptionalLong lineEnd(long from, long to, LineEncoding encoding) throws IOException {
    for (long offset = encoding.floor(from); offset < to; ) {
      byte[] bytes = bytes(offset, (int) Math.min(SEARCH_BYTES, to - offset));
      int lineFeed = encoding.lineFeed(bytes, 0, bytes.length);
      if (lineFeed >= 0) {
        return OptionalLong.of(offset + lineFeed + encoding.width());
      }
      if (bytes.length == 0) {
        break;
      }
      offset += bytes.length;
    }
    return OptionalLong.empty();
  }

  public void closeQuietly() {
    file.closeQuietly();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
