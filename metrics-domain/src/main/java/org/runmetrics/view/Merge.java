package org.runmetrics.view;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Segment;
import org.runmetrics.series.column.Column;
import org.runmetrics.series.column.ColumnAssembly;

/**
 * Merges segments to one whose rows ascend by an axis, each key once if the axis merges events.
 *
 * <p>Of values logged twice the one that stands later in the file counts. Takes time by the values
 * that there are, not by rows times metrics. Used once, by one thread.
 */
final class Merge {
  private static final int NONE = -1;

  private final List<Segment> segments;
  private final Axis axis;

  /** For each segment and row the row it is merged into, or {@link #NONE}. */
  private final int[][] targets;

  /** For each merged row where its value of the current metric stands, or {@link #NONE}. */
  private final int[] valueSegment;

  private final int[] valueRow;

  /** Merged rows that have a value of the current metric, in the order in which it was logged. */
  private final int[] touched;

  private final ColumnAssembly assembly = new ColumnAssembly(1);

  /** Starts to merge segments, given in the order of the file. */
  Merge(List<Segment> segments, Axis axis) {
    this.segments = segments;
    this.axis = axis;
    this.targets = segments.stream().map(segment -> new int[segment.rows()]).toArray(int[][]::new);
    int rows = placeEvents();
    valueSegment = new int[rows];
    valueRow = new int[rows];
    touched = new int[rows];
    Arrays.fill(valueSegment, NONE);
  }

  /** Returns the merged segment. */
  Segment merged() {
    Column[] keys = segments.stream().map(axis::column).toArray(Column[]::new);
    Column mergedKeys = merge(keys);
    Set<String> names = new LinkedHashSet<>();
    segments.forEach(segment -> names.addAll(segment.names()));
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String name : names) {
      columns.put(name, merge(segments.stream().map(it -> it.column(name)).toArray(Column[]::new)));
    }
    return Segment.merged(axis, mergedKeys, columns);
  }

  /** Finds the merged row of each event and returns how many merged rows there are. */
  private int placeEvents() {
    int rows = segments.stream().mapToInt(Segment::rows).sum();
    int[] segmentOf = new int[rows];
    int[] rowOf = new int[rows];
    long[] keys = new long[rows];
    int events = 0;
    for (int i = 0; i < targets.length; i++) {
      Arrays.fill(targets[i], NONE);
      Column column = axis.column(segments.get(i));
      for (int row = column.next(0); row < column.length(); row = column.next(row + 1)) {
        segmentOf[events] = i;
        rowOf[events] = row;
        keys[events++] = axis.key(column, row);
      }
    }
    int merged = NONE;
    long last = 0;
    for (int event : KeyOrder.of(Arrays.copyOf(keys, events))) {
      if (merged == NONE || keys[event] != last || !axis.merges()) {
        merged++;
        last = keys[event];
      }
      targets[segmentOf[event]][rowOf[event]] = merged;
    }
    return merged + 1;
  }

  /** Merges the columns of one metric, one for each segment. */
  private Column merge(Column[] columns) {
    int count = 0;
    for (int i = 0; i < columns.length; i++) {
      for (int row = columns[i].next(0);
          row < columns[i].length();
          row = columns[i].next(row + 1)) {
        int target = targets[i][row];
        if (target != NONE && isShown(columns[i], row)) {
          if (valueSegment[target] == NONE) {
            touched[count++] = target;
          }
          valueSegment[target] = i;
          valueRow[target] = row;
        }
      }
    }
    Arrays.sort(touched, 0, count);
    for (int i = 0; i < count; i++) {
      int target = touched[i];
      assembly.copy(0, target, columns[valueSegment[target]], valueRow[target]);
      valueSegment[target] = NONE;
    }
    return assembly.build().get(0);
  }

  private boolean isShown(Column column, int row) {
    return axis == Axis.STEP || column.kind(row).isNumber();
  }
}
