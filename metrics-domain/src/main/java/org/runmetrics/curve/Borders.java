package org.runmetrics.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where buckets of equal width on the axis end, in the rows of a run.
 *
 * <p>Metrics that are logged together have the same borders, so those of one are kept for the next.
 * Not safe for use by several threads.
 */
final class Borders {
  /** The segments the borders are of; their values do not matter. */
  private List<CurveSegment> segments = List.of();

  private double first;
  private double width;
  private int points;

  /** For each segment the number of each bucket and the row after it, by turns. */
  private final List<int[]> ends = new ArrayList<>();

  /**
   * Cuts rows into buckets.
   *
   * @param from where the first bucket begins
   * @param bucketWidth the width of each
   * @param buckets how many there are; what lies after the last one belongs to it
   */
  void cut(List<CurveSegment> rows, double from, double bucketWidth, int buckets) {
    if (from == first && bucketWidth == width && buckets == points && isSame(rows)) {
      return;
    }
    segments = rows;
    first = from;
    width = bucketWidth;
    points = buckets;
    ends.clear();
    // Buckets of regular steps have the same number of rows: a good guess for the next one.
    int guess = 1;
    for (CurveSegment segment : rows) {
      int[] cut = new int[16];
      int length = 0;
      for (int row = segment.from(); row < segment.to(); ) {
        int bucket = bucketOf(segment.x(row));
        int end = endOf(segment, bucket, row, guess);
        guess = end - row;
        if (length == cut.length) {
          cut = Arrays.copyOf(cut, 2 * length);
        }
        cut[length++] = bucket;
        cut[length++] = end;
        row = end;
      }
      ends.add(Arrays.copyOf(cut, length));
    }
  }

  /** Returns how many buckets have rows in a segment. */
  int count(int segment) {
    return ends.get(segment).length / 2;
  }

  /** Returns the number of a bucket that has rows in a segment. */
  int bucket(int segment, int place) {
    return ends.get(segment)[2 * place];
  }

  /** Returns the row after the bucket in the segment. */
  int end(int segment, int place) {
    return ends.get(segment)[2 * place + 1];
  }

  private boolean isSame(List<CurveSegment> others) {
    if (others.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      CurveSegment one = segments.get(i);
      CurveSegment other = others.get(i);
      if (one.keys() != other.keys() || one.from() != other.from() || one.to() != other.to()) {
        return false;
      }
    }
    return true;
  }

  private int bucketOf(double place) {
    double bucket = (place - first) / width;
    return bucket < points ? (int) bucket : points - 1;
  }

  /** Returns the first row after one that is in a later bucket, searched for around a guess. */
  private int endOf(CurveSegment segment, int bucket, int row, int guess) {
    int low = row + 1;
    int high = segment.to();
    int probe = Math.min(high, row + guess);
    for (int step = 1; low < high; step *= 2) {
      int tried = Math.max(low, Math.min(high - 1, probe));
      if (bucketOf(segment.x(tried)) > bucket) {
        high = tried;
        probe = tried - step;
      } else {
        low = tried + 1;
        probe = tried + step;
      }
      if (step > guess) {
        probe = (low + high) >>> 1;
      }
    }
    return low;
  }
}
