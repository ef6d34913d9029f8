package org.runmetrics.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the complete lines between two offsets of a file, in order.
 *
 * <p>Lines end with {@code \n} or {@code \r\n}; lone carriage returns belong to the line. Bytes
 * after the last line feed are held back: they are no line yet, and {@link #position()} stays in
 * front of them. A byte-order mark at the start of the file is skipped. Memory is bounded by one
 * block and {@link #MAX_BYTES}.
 *
 * <p>Lines are taken either as text, with {@link #read()}, or where they lie, with {@link
 * #advance()} and the accessors after it. Not safe for use by several threads; the channel stays
 * the caller's.
 */
public final class LineReader {
  /** The most bytes of one line that are kept. */
  public static final int MAX_BYTES = 16 << 20;

  /**
   * Zeros at the end of {@link #bytes()} that are never text, so that a reader of several bytes at
   * a time may look beyond the text's end.
   */
  public static final int SLACK_BYTES = 16;

  /** Few enough that they are still in the processor's cache when lines are taken from them. */
  private static final int BLOCK_BYTES = 64 << 10;

  private static final int MIN_BYTES = 512;

  private final SeekableByteChannel channel;
  private final long end;
  private final long limit;
  private final Runnable pause;
  private final LineEncoding encoding;

  /** Bytes of the file, of which those from {@link #next} to {@link #filled} are no line yet. */
  private byte[] bytes;

  private int next;
  private int filled;

  /** Where the bytes start that were read last. */
  private int fresh;

  /** Offset of the next byte to read from the file. */
  private long readOffset;

  /** Offset after the last complete line. */
  private long position;

  private long lineOffset;
  private int lineStart;
  private int lineEnd;
  private boolean cut;

  /** How many bytes of the line being gathered were not kept. */
  private long dropped;

  /**
   * Starts at an offset that lies on a line's start and never reads at or after the limit.
   *
   * @param from byte offset of the first line
   * @param limit byte offset to stop at, usually the file's size
   */
  public LineReader(SeekableByteChannel channel, long from, long limit) {
    this(channel, from, limit, LineEncoding.UTF_8);
  }

  /** Starts at a line's start of a file in some encoding, and stops like the other readers. */
  public LineReader(SeekableByteChannel channel, long from, long limit, LineEncoding encoding) {
    this(channel, from, limit, limit, () -> {}, new LineRoom(), encoding);
  }

  /**
   * Starts at a line's start and reads beyond an offset only what a line needs that lies across it.
   *
   * @param from byte offset of the first line
   * @param end byte offset after which no line will be asked for that starts there
   * @param limit byte offset to stop at, usually the file's size
   * @param pause called while a line is read that lies across the end, for each {@link
   *     #BLOCK_BYTES} or more of it
   * @param room taken until the next reader takes it
   */
  public LineReader(
      SeekableByteChannel channel, long from, long end, long limit, Runnable pause, LineRoom room) {
    this(channel, from, end, limit, pause, room, LineEncoding.UTF_8);
  }

  private LineReader(
      SeekableByteChannel channel,
      long from,
      long end,
      long limit,
      Runnable pause,
      LineRoom room,
      LineEncoding encoding) {
    this.encoding = encoding;
    this.channel = channel;
    this.end = end;
    this.limit = limit;
    this.pause = pause;
    this.readOffset = from;
    this.position = from;
    this.bytes =
        room.take((int) Math.max(MIN_BYTES, Math.min(BLOCK_BYTES, limit - from)) + SLACK_BYTES);
  }

  /** Returns the offset after the last line returned, where reading goes on later. */
  public long position() {
    return position;
  }

  /** Returns where the next line starts in {@link #bytes()}. */
  public int next() {
    return next;
  }

  /** Returns where the text in {@link #bytes()} ends, be it in the middle of a line. */
  public int filled() {
    return filled;
  }

  /**
   * Moves after a line that was read from {@link #bytes()} directly.
   *
   * @param behind where the line after it starts
   */
  public void skip(int behind) {
    position += behind - next;
    next = behind;
  }

  /** Returns the next complete line, or nothing if none is left before the limit. */
  public Optional<Line> read() throws IOException {
    return advance() ? Optional.of(line()) : Optional.empty();
  }

  /** Moves to the next complete line and returns whether there is one before the limit. */
  public boolean advance() throws IOException {
    int newline = encoding.lineFeed(bytes, next, filled);
    while (newline < 0) {
      if (!fill()) {
        return false;
      }
      int from = Math.max(next, fresh);
      newline = encoding.lineFeed(bytes, from - (from - next) % encoding.width(), filled);
    }
    take(newline);
    return true;
  }

  /** Returns the line as text. */
  public Line line() {
    String text = encoding.decode(bytes, lineStart, lineEnd);
    return new Line(lineOffset, position, text, cut);
  }

  /** Returns the bytes in which the line lies until the reader moves on; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns where the line starts in {@link #bytes()}. */
  public int start() {
    return lineStart;
  }

  /** Returns where the line ends in {@link #bytes()}, in front of its line end. */
  public int end() {
    return lineEnd;
  }

  /** Returns whether only the beginning of the line was kept; see {@link Line#cut()}. */
  public boolean isCut() {
    return cut;
  }

  /**
   * Returns the text after the last complete line, once no line is left.
   *
   * <p>It is only a line if nobody will write the rest.
   */
  public String rest() {
    return encoding.decode(bytes, next, filled);
  }

  private void take(int newline) {
    cut = newline - next > MAX_BYTES;
    lineStart = next;
    lineEnd = cut ? next + MAX_BYTES : newline;
    int width = encoding.width();
    int last = lineEnd - width;
    if (!cut && last >= lineStart && encoding.carriageReturn(bytes, last, lineEnd) == last) {
      lineEnd = last;
    }
    lineOffset = position;
    position += dropped + newline + width - next;
    next = newline + width;
    dropped = 0;
  }

  /** Reads more bytes after those of the line being gathered, and returns whether there are. */
  private boolean fill() throws IOException {
    makeRoom();
    int wanted = (int) Math.min(room(), lastWanted() - readOffset);
    if (wanted <= 0) {
      return false;
    }
    channel.position(readOffset);
    int read = channel.read(ByteBuffer.wrap(bytes, filled, wanted));
    if (read < 0) {
      return false;
    }
    fresh = filled;
    filled += read;
    readOffset += read;
    skipByteOrderMark();
    return true;
  }

  /** Beyond the end reads become longer with the line, so that their number stays small. */
  private long lastWanted() {
    if (readOffset < end) {
      return end;
    }
    long beyond = readOffset - end;
    if (beyond >= BLOCK_BYTES) {
      pause.run();
    }
    return Math.min(limit, readOffset + Math.max(MIN_BYTES, beyond));
  }

  private void makeRoom() {
    if (next > 0) {
      System.arraycopy(bytes, next, bytes, 0, filled - next);
      filled -= next;
      next = 0;
    }
    // One character more than is kept shows that the line is cut.
    int kept = MAX_BYTES + encoding.width();
    if (filled > kept) {
      // Half a character at the end waits for its other half.
      int half = (filled - kept) % encoding.width();
      System.arraycopy(bytes, filled - half, bytes, kept, half);
      dropped += filled - kept - half;
      filled = kept + half;
    }
    if (room() == 0) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, MAX_BYTES + BLOCK_BYTES));
    }
  }

  private int room() {
    return bytes.length - SLACK_BYTES - filled;
  }

  private void skipByteOrderMark() {
    if (position == 0 && next == 0) {
      next = encoding.markLength(bytes, filled);
      position = next;
    }
  }
}
