package org.runmetrics.line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the complete lines between two offsets of a file, in order.
 *
 * <p>Lines end with {@code \n} or {@code \r\n}; lone carriage returns belong to the line. Bytes
 * behind the last line feed are held back: they are no line yet, and {@link #position()} stays in
 * front of them. A byte-order mark at the start of the file is skipped. Memory is bounded by one
 * block and {@link #MAX_BYTES}. Not safe for use by several threads; the channel stays the
 * caller's.
 */
public final class LineReader {
  /** The most bytes of one line that are kept. */
  public static final int MAX_BYTES = 16 << 20;

  private static final int BLOCK_BYTES = 64 << 10;

  private final SeekableByteChannel channel;
  private final long limit;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** Offset of the next block in the file. */
  private long blockOffset;

  /** Offset behind the last complete line. */
  private long position;

  /** Length of the line being gathered, which may exceed what is kept of it. */
  private long pendingLength;

  /**
   * Starts at an offset that lies on a line's start and never reads at or behind the limit.
   *
   * @param from byte offset of the first line
   * @param limit byte offset to stop at, usually the file's size
   */
  public LineReader(SeekableByteChannel channel, long from, long limit) {
    this.channel = channel;
    this.limit = limit;
    this.blockOffset = from;
    this.position = from;
    block.limit(0);
  }

  /** Returns the offset behind the last line returned, where reading goes on later. */
  public long position() {
    return position;
  }

  /** Returns the next complete line, or nothing if none is left before the limit. */
  public Optional<Line> next() throws IOException {
    while (block.hasRemaining() || fill()) {
      int start = block.position();
      int newline = indexOfNewline(start);
      int end = newline < 0 ? block.limit() : newline;
      keep(start, end);
      block.position(newline < 0 ? end : newline + 1);
      if (newline >= 0) {
        return Optional.of(take());
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the text behind the last complete line, once {@link #next()} returned nothing.
   *
   * <p>It is only a line if nobody will write the rest.
   */
  public String rest() {
    return pending.toString(StandardCharsets.UTF_8);
  }

  private boolean fill() throws IOException {
    block.clear();
    block.limit((int) Math.min(BLOCK_BYTES, Math.max(0, limit - blockOffset)));
    while (block.hasRemaining()) {
      channel.position(blockOffset + block.position());
      if (channel.read(block) < 0) {
        break;
      }
    }
    block.flip();
    boolean atStart = blockOffset == 0;
    blockOffset += block.limit();
    if (atStart && startsWithByteOrderMark()) {
      block.position(3);
      position = 3;
    }
    return block.limit() > 0;
  }

  private boolean startsWithByteOrderMark() {
    return block.limit() >= 3
        && block.get(0) == (byte) 0xEF
        && block.get(1) == (byte) 0xBB
        && block.get(2) == (byte) 0xBF;
  }

  private int indexOfNewline(int start) {
    byte[] bytes = block.array();
    for (int i = start; i < block.limit(); i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void keep(int start, int end) {
    int room = MAX_BYTES - pending.size();
    pending.write(block.array(), start, Math.min(end - start, room));
    pendingLength += end - start;
  }

  private Line take() {
    boolean cut = pendingLength > MAX_BYTES;
    String text = pending.toString(StandardCharsets.UTF_8);
    if (!cut && text.endsWith("\r")) {
      text = text.substring(0, text.length() - 1);
    }
    long start = position;
    position = start + pendingLength + 1;
    pending.reset();
    pendingLength = 0;
    return new Line(start, position, text, cut);
  }
}
