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
  /** Makes the reading ahead one that the compiler cannot leave out; of no other use. */
  @SuppressWarnings("UnusedVariable")
  private static volatile long lastRead;

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
    this.x = new Numbers(points);
    this.y = new Numbers(points);
    this.min = new Numbers(points);
    this.max = new Numbers(points);
  }

  Curve curve() {
    readAhead();
    for (int i = 0; i < segments.all().size(); i++) {
      CurveSegment segment = segments.all().get(i);
      readAhead(segment, i);
      int row = segment.from();
      for (int place = 0; place < borders.count(i); place++) {
        int end = borders.end(i, place);
        int first = segment.nextNumber(row);
        if (first < end) {
          if (borders.bucket(i, place) != current) {
            close();
            current = borders.bucket(i, place);
            segment.addX(first, x);
          }
          add(segment, first, end);
        }
        row = end;
      }
    }
    close();
    return new Curve(x, y, new Curve.Bands(min, max));
  }

  /**
   * Reads what leads to the values of all segments before any is used.
   *
   * <p>From a segment to its values it is a chain of objects, each of which is found by the one
   * before; of chains side by side memory answers one link each at once.
   */
  private void readAhead() {
    long read = 0;
    for (CurveSegment segment : segments.all()) {
      read += segment.values().readAhead(segment.from());
    }
    lastRead = read;
  }

  /**
   * Reads what lies around all borders of a segment before any is used.
   *
   * <p>Of long runs each border lies in other cache lines. Memory answers for many at once what it
   * is asked at once; the buckets, one after the other, would wait for each.
   */
  private void readAhead(CurveSegment segment, int index) {
    long read = 0;
    for (int place = 0; place < borders.count(index); place++) {
      read += segment.values().readAhead(borders.end(index, place));
    }
    lastRead = read;
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
    huge = false;
  }

  private void addExtreme(double extreme, long exact, Numbers target) {
    if (whole && !huge) {
      target.whole(exact);
    } else {
      target.decimal(extreme);
    }
  }
}
