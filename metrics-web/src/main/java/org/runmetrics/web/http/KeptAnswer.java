package org.runmetrics.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.runmetrics.web.answer.StreamedAnswer;

/**
 * The copy of an answer, sent as the answer itself was.
 *
 * <p>Kept in blocks: an array of megabytes is allocated apart from all others, and the more data
 * the cache holds, the more surely each such allocation makes the garbage collector mark it all.
 */
final class KeptAnswer implements StreamedAnswer {
  private final List<byte[]> blocks;
  private final int length;

  private KeptAnswer(List<byte[]> blocks, int length) {
    this.blocks = List.copyOf(blocks);
    this.length = length;
  }

  /** Returns how many bytes were sent. */
  int length() {
    return length;
  }

  @Override
  public void write(OutputStream stream) throws IOException {
    for (byte[] block : blocks) {
      stream.write(block);
    }
  }

  @Override
  public boolean isLong() {
    return length > SHORT_BYTES;
  }

  /** Takes the copy while the answer is sent. */
  static final class Builder {
    private static final int MIN_BLOCK_BYTES = 1 << 10;
    private static final int MAX_BLOCK_BYTES = 64 << 10;

    private final List<byte[]> blocks = new ArrayList<>();
    private byte[] last = {};
    private int lengthOfLast;
    private int length;

    int length() {
      return length;
    }

    void add(byte[] bytes, int from, int count) {
      int at = from;
      for (int rest = count; rest > 0; ) {
        if (lengthOfLast == last.length) {
          // As much as there is by then, so that a small answer does not take a large block.
          last = new byte[Math.max(MIN_BLOCK_BYTES, Math.min(MAX_BLOCK_BYTES, length + rest))];
          lengthOfLast = 0;
          blocks.add(last);
        }
        int part = Math.min(rest, last.length - lengthOfLast);
        System.arraycopy(bytes, at, last, lengthOfLast, part);
        lengthOfLast += part;
        length += part;
        at += part;
        rest -= part;
      }
    }

    KeptAnswer build() {
      if (lengthOfLast < last.length) {
        // What is counted is the length.
        blocks.set(blocks.size() - 1, Arrays.copyOf(last, lengthOfLast));
      }
      return new KeptAnswer(blocks, length);
    }
  }
}
