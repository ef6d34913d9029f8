package org.runmetrics.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.runmetrics.series.column.Column;
import org.runmetrics.series.column.ColumnAssembly;

/**
 * The values of one metric over an axis, in segments that follow each other.
 *
 * @param all the segments
 */
record CurveSegments(List<CurveSegment> all) {

  /** Returns the values in a query's range, as they were logged or smoothed. */
  static CurveSegments of(RunRows run, CurveQuery query, String metric) {
    List<CurveSegment> segments =
        query.axis() instanceof CurveAxis.OfMetric axis
            ? Pairs.of(run, axis.name(), metric)
            : overRows(run, metric);
    OptionalDouble weight = query.smooth();
    List<CurveSegment> drawn =
        weight.isPresent() ? smooth(segments, weight.getAsDouble()) : segments;
    return new CurveSegments(
        drawn.stream()
            .map(segment -> segment.within(query.min(), query.max()))
            .filter(segment -> segment.nextNumber(segment.from()) < segment.to())
            .toList());
  }

  /** Returns how many values there are, those that are not finite among them. */
  long total() {
    return all.stream()
        .mapToLong(segment -> segment.values().numbers(segment.from(), segment.to()))
        .sum();
  }

  /** Returns the first value, of at least one. */
  Place first() {
    CurveSegment segment = all.get(0);
    return new Place(segment, 0, segment.nextNumber(segment.from()));
  }

  /** Returns the last value, of at least one. */
  Place last() {
    CurveSegment segment = all.get(all.size() - 1);
    int row = segment.to() - 1;
    while (!segment.values().kind(row).isNumber()) {
      row--;
    }
    return new Place(segment, all.size() - 1, row);
  }

  /** Hands over every value. */
  void forEach(Consumer<Place> action) {
    for (int i = 0; i < all.size(); i++) {
      CurveSegment segment = all.get(i);
      for (int row = segment.nextNumber(segment.from());
          row < segment.to();
          row = segment.nextNumber(row + 1)) {
        action.accept(new Place(segment, i, row));
      }
    }
  }

  private static List<CurveSegment> overRows(RunRows run, String metric) {
    return run.segments().stream()
        .map(
            segment -> {
              Column keys = run.axis().column(segment);
              return new CurveSegment(keys, run.origin(), segment.column(metric), 0, keys.length());
            })
        .toList();
  }

  private static List<CurveSegment> smooth(List<CurveSegment> segments, double weight) {
    Smoothing smoothing = new Smoothing(weight);
    List<CurveSegment> smooth = new ArrayList<>();
    for (CurveSegment segment : segments) {
      Column values = ColumnAssembly.changed(segment.values(), smoothing::next);
      smooth.add(
          new CurveSegment(segment.keys(), segment.origin(), values, segment.from(), segment.to()));
    }
    return smooth;
  }
}
