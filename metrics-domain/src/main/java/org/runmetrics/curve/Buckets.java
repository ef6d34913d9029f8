package org.runmetrics.curve;

import org.runmetrics.json.Kind;
import org.runmetrics.series.column.Aggregate;

/**
 * Mean and extremes of buckets of equal width on the axis, from the first value to the last.
 *
 * <p>A bucket is a range of rows, of which columns know sum and extremes; so the work is that of
 * the buckets, however many values they hold. (Jugel et al., <i>M4</i>, 2014.)
 */
final class Buckets {
  private final CurveSegments segments;
  private final boolean whole;
  private final Borders borders;
  private final Numbers x;
  private final Numbers y;
  private final Numbers min;
  private final Numbers max;

  /** What the bucket holds that is gathered. */
  private final Aggregate bucket = new Aggregate();

  private final Aggregate part = new Aggregate();
  private int current = -1;

  /** The first value of the bucket that is gathered. */
  private Place start;

  /** Whether the last point tells that no value was finite. */
  private boolean gap;

  /** The extremes of a metric of integers, which doubles may round. */
  private long wholeMin;

  private long wholeMax;

  /** Whether the bucket holds an integer beyond 64 bits, which is a double. */
  private boolean huge;

  /** Takes the values of a curve, at least one. */
  Buckets(CurveSegments segments, int points, boolean whole, Borders borders) {
    this.segments = segments;
    this.whole = whole;
    this.borders = borders;
    double first = segments.first().x();
    borders.cut(segments.all(), first, segments.last().x() / points - first / points, points);
    this.start = segments.first();
    this.x = new Numbers(points);
    this.y = new Numbers(points);
    this.min = new Numbers(points);
    this.max = new Numbers(points);
  }

  Curve curve() {
    for (int i = 0; i < segments.all().size(); i++) {
      CurveSegment segment = segments.all().get(i);
      int row = segment.from();
      for (int place = 0; place < borders.count(i); place++) {
        int end = borders.end(i, place);
        int first = segment.nextNumber(row);
        if (first < end) {
          if (borders.bucket(i, place) != current) {
            close();
            current = borders.bucket(i, place);
            start = new Place(segment, i, first);
          }
          add(segment, first, end);
        }
        row = end;
      }
    }
    close();
    return new Curve(x, y, new Curve.Bands(min, max));
  }

  private void add(CurveSegment segment, int from, int to) {
    part.clear();
    segment.values().aggregate(from, to, part);
    if (whole && part.finite() > 0) {
      long smallest = exact(segment, from, to, true, part.min());
      long largest = exact(segment, from, to, false, part.max());
      wholeMin = bucket.finite() == 0 ? smallest : Math.min(wholeMin, smallest);
      wholeMax = bucket.finite() == 0 ? largest : Math.max(wholeMax, largest);
    }
    bucket.add(part);
  }

  private long exact(CurveSegment segment, int from, int to, boolean smallest, double extreme) {
    if (Math.abs(extreme) < Aggregate.MAX_EXACT) {
      return (long) extreme;
    }
    int row = segment.values().rowOf(from, to, smallest, extreme);
    boolean isWhole = segment.values().kind(row) == Kind.WHOLE;
    huge |= !isWhole;
    return isWhole ? segment.values().whole(row) : (long) extreme;
  }

  /**
   * Ends a bucket; of buckets without a finite value that follow each other the first one shows.
   */
  private void close() {
    boolean nothing = bucket.finite() == 0;
    if (bucket.values() > 0 && !(nothing && gap)) {
      start.segment().addX(start.row(), x);
      if (nothing) {
        y.decimal(Double.NaN);
        min.decimal(Double.NaN);
        max.decimal(Double.NaN);
      } else {
        addMean();
        addExtreme(bucket.min(), wholeMin, min);
        addExtreme(bucket.max(), wholeMax, max);
      }
      gap = nothing;
    }
    bucket.clear();
    huge = false;
  }

  /** The mean is a double, which may lie beyond integers that it stands between. */
  private void addMean() {
    double mean = bucket.mean();
    boolean exact = whole && !huge && Math.abs(mean) >= Aggregate.MAX_EXACT;
    if (exact && (long) mean < wholeMin) {
      y.whole(wholeMin);
    } else if (exact && ((long) mean > wholeMax || mean >= 0x1p63)) {
      y.whole(wholeMax);
    } else {
      y.decimal(mean);
    }
  }

  private void addExtreme(double extreme, long exact, Numbers target) {
    if (whole && !huge) {
      target.whole(exact);
    } else {
      target.decimal(extreme);
    }
  }
}
