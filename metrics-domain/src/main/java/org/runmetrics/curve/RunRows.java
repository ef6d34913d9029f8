package org.runmetrics.curve;

import java.util.List;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Segment;
import org.runmetrics.view.Table;
import org.runmetrics.view.TableSegment;

/**
 * The rows of a run that its curves are drawn from, at hand while they are drawn.
 *
 * @param axis what the rows are ordered by
 * @param origin what is taken from each place on the axis
 * @param segments the segments that hold the rows
 */
record RunRows(Axis axis, double origin, List<Segment> segments) {

  /** Fetches the segments that a query needs. */
  static RunRows of(Table table, CurveQuery query) {
    Axis axis = table.axis();
    double origin =
        query.axis() instanceof CurveAxis.Relative ? Axis.timeOfKey(table.firstKey()) : 0;
    // What is smoothed, or lies over another metric, is so before the range is cut.
    boolean all = query.smooth().isPresent() || query.axis() instanceof CurveAxis.OfMetric;
    return new RunRows(
        axis,
        origin,
        table.segments().stream()
            .filter(
                segment ->
                    all
                        || (axis.place(segment.lastKey()) - origin >= query.min()
                            && axis.place(segment.firstKey()) - origin <= query.max()))
            .map(TableSegment::segment)
            .toList());
  }
}
