package org.runmetrics.view;

import java.util.ArrayList;
import java.util.List;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;
import org.runmetrics.series.column.Cells;
import org.runmetrics.series.column.Column;

/**
 * The stages of a run, in the order in which they were logged.
 *
 * <p>Events that lack the text, or have no place on the axis, belong to no stage and end none: a
 * run may log its stage with some of its events alone.
 *
 * @param all the stages
 * @param complete whether there are no more than these
 */
public record Stages(List<Stage> all, boolean complete) {

  /** Copies the stages. */
  public Stages {
    all = List.copyOf(all);
  }

  /**
   * Finds the stages of a run.
   *
   * @param metric a metric whose values are texts; others count as missing
   * @param axis where the stages lie
   * @param most how many are told
   */
  public static Stages of(Series series, String metric, Axis axis, int most) {
    Walk walk = new Walk(axis, most);
    if (series.metrics().stream().noneMatch(known -> known.name().equals(metric))) {
      return walk.end();
    }
    for (SegmentSummary summary : series.segments()) {
      if (walk.isFull()) {
        break;
      }
      if (summary.keys(axis).count() > 0) {
        Segment segment = series.segment(summary);
        walk.add(segment.column(metric), axis.column(segment));
      }
    }
    return walk.end();
  }

  /** Goes through the events in the order of the file. */
  private static final class Walk {
    private final Axis axis;
    private final int most;
    private final Cells cells = new Cells();
    private final List<Stage> found = new ArrayList<>();
    private String text = "";
    private long firstKey;
    private long lastKey;
    private long events;

    Walk(Axis axis, int most) {
      this.axis = axis;
      this.most = most;
    }

    boolean isFull() {
      return found.size() > most;
    }

    void add(Column texts, Column places) {
      for (int from = 0; from < texts.length() && !isFull(); from += Cells.MAX_ROWS) {
        int to = Math.min(texts.length(), from + Cells.MAX_ROWS);
        texts.read(from, to, cells);
        for (int row = from; row < to; row++) {
          if (cells.kind(row - from) == Kind.TEXT && places.has(row)) {
            add(cells.texts()[(int) cells.bits(row - from)], axis.key(places, row));
          }
        }
      }
    }

    private void add(String value, long key) {
      if (events == 0 || !text.equals(value)) {
        close();
        text = value;
        firstKey = key;
      }
      lastKey = key;
      events++;
    }

    private void close() {
      if (events > 0) {
        found.add(new Stage(text, firstKey, lastKey, events));
        events = 0;
      }
    }

    Stages end() {
      close();
      return new Stages(found.subList(0, Math.min(most, found.size())), found.size() <= most);
    }
  }
}
