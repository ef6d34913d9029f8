package org.runmetrics.scan;

import java.util.stream.LongStream;

/**
 * The size of the blocks that a file is cut into; they begin at its multiples.
 *
 * <p>No segment reaches across two blocks. So the same file gives the same segments however it was
 * written, and whoever reads which block.
 *
 * @param bytes the size of a block
 */
public record BlockSize(long bytes) {
  /** Long enough to be worth a thread's while, short enough to wait for: some 5 ms. */
  public static final BlockSize STANDARD = new BlockSize(4 << 20);

  /** Returns the end of the block in which an offset lies. */
  public long endOf(long offset) {
    return (offset / bytes + 1) * bytes;
  }

  /** Returns the starts of the blocks from one of them to the end of a file. */
  long[] startsFrom(long start, long size) {
    return LongStream.iterate(start, block -> block < size, block -> block + bytes).toArray();
  }

  /** Returns whether a byte range is too short to be worth waiting for a turn. */
  boolean isShort(long length) {
    return length < bytes / 4;
  }
}
