package org.runmetrics.scan;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;
import org.runmetrics.file.FileStamp;
import org.runmetrics.file.OpenFile;
import org.runmetrics.file.RegularFile;
import org.runmetrics.line.LineReader;
import org.runmetrics.line.LineRoom;
import org.runmetrics.series.Position;
import org.runmetrics.series.ShortPosition;

/** An events file, open, with its stamp. */
public final class EventFile implements AutoCloseable {
  private final SeekableByteChannel channel;
  private final FileStamp stamp;

  private EventFile(SeekableByteChannel channel, FileStamp stamp) {
    this.channel = channel;
    this.stamp = stamp;
  }

  /** Opens a file, if it still lies where it was found. */
  public static EventFile open(RegularFile file) throws IOException {
    OpenFile open = file.open();
    return new EventFile(open.channel(), open.stamp());
  }

  /** Returns what the file system reported of it when it was opened. */
  public FileStamp stamp() {
    return stamp;
  }

  /** Opens the same file once more, for another thread. */
  EventFile openAgain(RegularFile file) throws IOException {
    EventFile again = open(file);
    if (!again.stamp.key().equals(stamp.key())) {
      again.close();
      throw new IOException("The events were replaced while they were read");
    }
    return new EventFile(again.channel, stamp);
  }

  /**
   * Reads the lines that start between two offsets; the first is a line's start.
   *
   * @param pause called now and then while a long line is read that lies across the end
   */
  LineReader lines(long from, long end, Runnable pause, LineRoom room) {
    return new LineReader(channel, from, Math.min(end, stamp.size()), stamp.size(), pause, room);
  }

  /** Reads the lines between two offsets and nothing after. */
  LineReader linesWithin(long from, long to) {
    return new LineReader(channel, from, to);
  }

  /** Returns the offset of the first line that starts between two offsets above 0, if any. */
  OptionalLong lineStart(long from, long end, LineRoom room) throws IOException {
    long before = from - 1;
    // What follows the line is read by the thread that reads its block.
    LineReader reader =
        new LineReader(channel, before, before, Math.min(end - 1, stamp.size()), () -> {}, room);
    return reader.advance() ? OptionalLong.of(reader.position()) : OptionalLong.empty();
  }

  /** Returns the line that starts at an offset, be it without a line feed. */
  public String line(long offset, LineRoom room) throws IOException {
    // Reads no more than a line needs, as those of images lie far from each other.
    LineReader reader = new LineReader(channel, offset, offset, stamp.size(), () -> {}, room);
    return reader.advance() ? reader.line().text() : reader.rest();
  }

  /** Returns the text after the last line, which ends at an offset. */
  String rest(long offset) throws IOException {
    LineReader reader = linesWithin(offset, stamp.size());
    return reader.advance() ? "" : reader.rest();
  }

  /** Returns whether what was read of a file is still the beginning of this one. */
  public boolean continues(FileStamp before, Fingerprint read) throws IOException {
    return stamp.key().equals(before.key())
        && stamp.size() >= read.offset()
        && read.matches(channel);
  }

  /** Returns whether what was read up to a position is still the beginning of this file. */
  public boolean continues(Position read) throws IOException {
    return stamp.size() >= read.offset()
        && fingerprint(read.offset()).content(stamp.key()).equals(read.content());
  }

  /**
   * Returns a position that was told in short, if what was read up to there is still the beginning
   * of this file.
   */
  public Optional<Position> find(ShortPosition told) throws IOException {
    return told.offset() < 0 || told.offset() > stamp.size()
        ? Optional.empty()
        : told.in(fingerprint(told.offset()).position(stamp, told.events(), told.whole()));
  }

  /** Takes the fingerprint of the file up to an offset. */
  public Fingerprint fingerprint(long offset) throws IOException {
    return Fingerprint.of(channel, offset);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
