package org.runmetrics.curve;

import org.runmetrics.json.Kind;
import org.runmetrics.series.Aggregate;

/**
 * Mean and extremes of buckets of equal width on the axis, from the first value to the last.
 *
 * <p>A bucket is a stretch of rows, of which columns know sum and extremes; so the work is that of
 * the buckets, however many values they hold. (Jugel et al., <i>M4</i>, 2014.)
 */
final class Buckets {
  private final Pieces pieces;
  private final int points;
  private final boolean whole;
  private final double first;
  private final double width;
  private final Numbers x;
  private final Numbers y;
  private final Numbers min;
  private final Numbers max;

  /** What the bucket holds that is gathered. */
  private final Aggregate bucket = new Aggregate();

  private final Aggregate part = new Aggregate();
  private int current = -1;

  /** The extremes of a metric of integers, which doubles may round. */
  private long wholeMin;

  private long wholeMax;

  /** Takes the values of a curve, at least one. */
  Buckets(Pieces pieces, int points, boolean whole) {
    this.pieces = pieces;
    this.points = points;
    this.whole = whole;
    this.first = pieces.first().x();
    this.width = pieces.last().x() / points - first / points;
    this.x = new Numbers(points);
    this.y = new Numbers(points);
    this.min = new Numbers(points);
    this.max = new Numbers(points);
  }

  Curve curve() {
    // Buckets of regular steps have the same number of rows: a good guess for the next one.
    int guess = 1;
    for (Piece piece : pieces.all()) {
      int row = piece.nextNumber(piece.from());
      while (row < piece.to()) {
        int number = bucketOf(piece.x(row));
        if (number != current) {
          close();
          current = number;
          piece.addX(row, x);
        }
        int end = endOf(piece, number, row, guess);
        guess = end - row;
        add(piece, row, end);
        row = piece.nextNumber(end);
      }
    }
    close();
    return new Curve(x, y, new Curve.Bands(min, max));
  }

  private int bucketOf(double place) {
    double bucket = (place - first) / width;
    return bucket < points ? (int) bucket : points - 1;
  }

  /** Returns the first row behind one that is in a later bucket, searched for around a guess. */
  private int endOf(Piece piece, int number, int row, int guess) {
    int low = row + 1;
    int high = piece.to();
    int probe = Math.min(high, row + guess);
    for (int step = 1; low < high; step *= 2) {
      int tried = Math.max(low, Math.min(high - 1, probe));
      if (bucketOf(piece.x(tried)) > number) {
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

  private void add(Piece piece, int from, int to) {
    part.clear();
    piece.values().aggregate(from, to, part);
    if (whole && part.finite() > 0) {
      long smallest = exact(piece, from, to, true, part.min());
      long largest = exact(piece, from, to, false, part.max());
      wholeMin = bucket.finite() == 0 ? smallest : Math.min(wholeMin, smallest);
      wholeMax = bucket.finite() == 0 ? largest : Math.max(wholeMax, largest);
    }
    bucket.add(part);
  }

  private static long exact(Piece piece, int from, int to, boolean smallest, double extreme) {
    if (Math.abs(extreme) < Aggregate.MAX_EXACT) {
      return (long) extreme;
    }
    int row = piece.values().rowOf(from, to, smallest, extreme);
    return piece.values().kind(row) == Kind.WHOLE ? piece.values().whole(row) : (long) extreme;
  }

  private void close() {
    if (bucket.values() == 0) {
      return;
    }
    y.decimal(bucket.finite() == 0 ? Double.NaN : bucket.sum() / bucket.finite());
    if (bucket.finite() == 0) {
      min.decimal(Double.NaN);
      max.decimal(Double.NaN);
    } else {
      addExtreme(bucket.min(), wholeMin, min);
      addExtreme(bucket.max(), wholeMax, max);
    }
    bucket.clear();
  }

  /** An integer beyond 64 bits is a double. */
  private void addExtreme(double extreme, long exact, Numbers target) {
    if (whole && Math.abs(extreme) < 0x1p63) {
      target.whole(exact);
    } else {
      target.decimal(extreme);
    }
  }
}
