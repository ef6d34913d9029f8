package org.runmetrics.cache;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.runmetrics.line.LineReader;

/** An events file, open, with its stamp. */
final class EventFile implements AutoCloseable {
  private final SeekableByteChannel channel;
  private final FileStamp stamp;

  private EventFile(SeekableByteChannel channel, FileStamp stamp) {
    this.channel = channel;
    this.stamp = stamp;
  }

  /** Opens a file; a stamp of another file that took its name meanwhile is not accepted. */
  static EventFile open(Path path) throws IOException {
    while (true) {
      FileStamp before = FileStamp.of(path);
      SeekableByteChannel channel = Files.newByteChannel(path);
      try {
        FileStamp stamp = FileStamp.of(path);
        if (stamp.key().equals(before.key())) {
          return new EventFile(channel, stamp);
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      channel.close();
    }
  }

  FileStamp stamp() {
    return stamp;
  }

  /** Opens the same file once more, for another thread. */
  EventFile openAgain(Path path) throws IOException {
    EventFile again = open(path);
    if (!again.stamp.key().equals(stamp.key())) {
      again.close();
      throw new IOException("The events were replaced while they were read");
    }
    return new EventFile(again.channel, stamp);
  }

  /** Reads the lines that start between two offsets; the first is a line's start. */
  LineReader lines(long from, long end) {
    return new LineReader(channel, from, Math.min(end, stamp.size()), stamp.size());
  }

  /** Reads the lines between two offsets and nothing behind. */
  LineReader linesWithin(long from, long to) {
    return new LineReader(channel, from, to);
  }

  /** Returns the offset of the first line that starts at or behind an offset above 0, if any. */
  OptionalLong lineStart(long offset) throws IOException {
    LineReader before = new LineReader(channel, offset - 1, offset, stamp.size());
    return before.advance() ? OptionalLong.of(before.position()) : OptionalLong.empty();
  }

  /** Returns the text behind the last line, which ends at an offset. */
  String rest(long offset) throws IOException {
    LineReader reader = lines(offset, stamp.size());
    return reader.advance() ? "" : reader.rest();
  }

  /** Tells whether what was read of a file is still the beginning of this one. */
  boolean continues(LoadedRun run) throws IOException {
    return stamp.key().equals(run.stamp().key())
        && stamp.size() >= run.offset()
        && run.fingerprint().matches(channel);
  }

  /**
   * Tells whether what was added is all that is new.
   *
   * <p>A file written without growing was changed somewhere in what was read. A rest that was taken
   * for a line may have turned into another.
   */
  boolean canContinue(LoadedRun run) throws IOException {
    boolean grown = stamp.size() > run.stamp().size();
    boolean untouched = stamp.equals(run.stamp());
    return (grown || untouched) && !run.restRead() && continues(run);
  }

  Fingerprint fingerprint(long offset) throws IOException {
    return Fingerprint.of(channel, offset);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
