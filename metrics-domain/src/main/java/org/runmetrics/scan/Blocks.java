package org.runmetrics.scan;

import java.util.stream.LongStream;

/**
 * How files are cut into blocks, which begin at multiples of a size.
 *
 * <p>No segment reaches across two blocks. So the same file gives the same segments however it was
 * written, and whoever reads which block.
 *
 * @param bytes the size of a block
 */
public record Blocks(long bytes) {
  /** Long enough to be worth a thread's while, short enough to wait for: some 5 ms. */
  public static final Blocks STANDARD = new Blocks(4 << 20);

  /** Returns the end of the block in which an offset lies. */
  public long endOf(long offset) {
    return (offset / bytes + 1) * bytes;
  }

  /** Returns the starts of the blocks from one of them to the end of a file. */
  long[] startsFrom(long start, long size) {
    return LongStream.iterate(start, block -> block < size, block -> block + bytes).toArray();
  }

  /** Tells whether a stretch is too short to be worth waiting for a turn. */
  boolean isShort(long length) {
    return length < bytes / 4;
  }
}
