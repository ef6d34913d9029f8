package org.runmetrics.series;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where the lines of images start in a file of events, in the order of the file. Immutable.
 *
 * <p>What a line says is read from the file when somebody asks for it, so that an image costs eight
 * bytes, and a run that logs on does not copy the images that it has.
 */
public final class ImageLines {
  /** How many are known of a run, which take 8 MiB; those after them are not. */
  public static final int MOST = 1 << 20;

  /** A longer line is no image, so that an answer of many is bounded. */
  public static final int MAX_LINE_LENGTH = 64 << 10;

  /** No image. */
  public static final ImageLines NONE = new ImageLines(new long[0]);

  private final long[] offsets;

  private ImageLines(long[] offsets) {
    this.offsets = offsets;
  }

  /** Takes the byte offsets of the lines' starts, ascending. */
  public static ImageLines of(LongStream offsets) {
    long[] taken = offsets.limit(MOST).toArray();
    return taken.length == 0 ? NONE : new ImageLines(taken);
  }

  /** Puts together those of parts that follow each other in the file. */
  public static ImageLines all(List<ImageLines> parts) {
    List<ImageLines> filled = parts.stream().filter(part -> part.count() > 0).toList();
    return filled.size() == 1
        ? filled.get(0)
        : of(filled.stream().flatMapToLong(ImageLines::offsets));
  }

  /** Returns how many there are. */
  public int count() {
    return offsets.length;
  }

  /** Returns the byte offset of the start of one, counted from 0. */
  public long offset(int place) {
    return offsets[place];
  }

  /** Returns the byte offsets of all starts. */
  public LongStream offsets() {
    return Arrays.stream(offsets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageLines lines && Arrays.equals(offsets, lines.offsets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets);
  }
}
