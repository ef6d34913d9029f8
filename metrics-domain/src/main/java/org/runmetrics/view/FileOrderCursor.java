package org.runmetrics.view;

import java.util.Iterator;
import java.util.List;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Column;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

/** Reads rows in the order of the file, with one segment at hand at a time. */
final class FileOrderCursor extends RowCursor {
  private final Series series;
  private final Axis axis;
  private final List<Metric> metrics;
  private final Iterator<SegmentSummary> summaries;
  private Segment segment;
  private Column[] columns = {};
  private int row = -1;

  FileOrderCursor(Series series, Axis axis, List<Metric> metrics) {
    super(axis);
    this.series = series;
    this.axis = axis;
    this.metrics = metrics;
    this.summaries = series.segments().iterator();
    this.segment = Segment.empty();
  }

  @Override
  public boolean next() {
    do {
      row++;
      while (row >= segment.rows()) {
        if (!summaries.hasNext()) {
          return false;
        }
        segment = series.segment(summaries.next());
        columns = segment.columns(metrics);
        row = 0;
      }
    } while (!axis.has(segment, row));
    return true;
  }

  @Override
  public long key() {
    return axis.key(segment, row);
  }

  @Override
  public Kind seek(int metric) {
    return moveTo(columns[metric], row);
  }
}
