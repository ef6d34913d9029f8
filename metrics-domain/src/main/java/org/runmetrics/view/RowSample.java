package org.runmetrics.view;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Segment;
import org.runmetrics.series.column.Aggregate;
import org.runmetrics.series.column.Column;

/**
 * Chooses rows that keep the extremes of every metric.
 *
 * <p>The rows are cut into buckets of the same number, and of each bucket those are kept in which a
 * metric has its first minimum or its first maximum, besides the first and the last of all: what M4
 * keeps of one curve (Jugel et al., 2014), for all curves at once. There are as many buckets as
 * leave no more rows than wanted; what is left is spent on rows at equal distances. LTTB
 * (Steinarsson, 2013) looks at one curve alone and may pass over extremes; MinMaxLTTB (Van Der
 * Donckt et al., 2023) chooses among them, which would lose some of those of the other curves here.
 * The same rows give the same sample.
 */
final class RowSample {
  /** How often more buckets are tried; rows that serve several metrics leave room for more. */
  private static final int MAX_ROUNDS = 2;

  private final Rows rows;
  private final int most;
  private final List<TableSegment> segments;

  /** For each segment the columns of the numeric metrics, fetched when they are needed. */
  private final Column[][] columns;

  private final List<String> metrics;
  private final Aggregate aggregate = new Aggregate();
  private final Extreme min = new Extreme(true);
  private final Extreme max = new Extreme(false);
  private long[] chosen = new long[64];
  private int chosenCount;

  private RowSample(Table table, Rows rows, int most) {
    this.rows = rows;
    this.most = most;
    this.segments = table.segments();
    this.columns = new Column[segments.size()][];
    this.metrics = table.metrics().stream().filter(Metric::numeric).map(Metric::name).toList();
  }

  /**
   * Samples rows of a table.
   *
   * @param most how many rows to keep at most, at least 2
   * @return the first, the last, and the extremes of every metric if {@code most} is at least twice
   *     the number of metrics and two, else those of as many metrics as there is room for
   */
  static Rows of(Table table, Rows rows, int most) {
    return rows.count() <= most ? rows : new RowSample(table, rows, most).sample();
  }

  private Rows sample() {
    // Of each bucket as many rows as it may take at most.
    int buckets = (most - 2) / Math.max(1, 2 * metrics.size());
    Rows best = buckets == 0 ? fewMetrics() : inBuckets(buckets);
    for (int round = 0; buckets > 0 && round < MAX_ROUNDS && best.count() < most; round++) {
      int more =
          (int) Math.min(most - 2, buckets * (long) (most - 2) / Math.max(1, best.count() - 2));
      if (more <= buckets) {
        break;
      }
      Rows finer = inBuckets(more);
      if (finer.count() > most) {
        break;
      }
      best = finer.count() > best.count() ? finer : best;
      buckets = more;
    }
    return filled(best);
  }

  /** Spends what is left on rows at equal distances, of those that were not chosen. */
  private Rows filled(Rows sample) {
    chosenCount = 0;
    addAll(sample);
    Rows others = rows.without(sample);
    long left = Math.min(most - sample.count(), others.count());
    for (long i = 0; i < left; i++) {
      choose(others.row((2 * i + 1) * others.count() / (2 * left)));
    }
    return Rows.of(chosen, chosenCount);
  }

  /** Returns both ends and extremes of buckets; more rows than wanted if there are too many. */
  private Rows inBuckets(int buckets) {
    chosenCount = 0;
    choose(rows.row(0));
    for (int bucket = 0; bucket < buckets && chosenCount <= most; bucket++) {
      int before = chosenCount;
      long from = place(bucket, buckets);
      long to = place(bucket + 1, buckets);
      if (metrics.isEmpty()) {
        choose(rows.row(from));
      } else {
        chooseExtremes(from, to);
      }
      // Buckets follow each other, so each can be sorted by itself.
      dropRepeated(before);
    }
    choose(rows.row(rows.count() - 1));
    return Rows.of(chosen, chosenCount);
  }

  private void dropRepeated(int from) {
    Arrays.sort(chosen, from, chosenCount);
    int kept = from;
    for (int i = from; i < chosenCount; i++) {
      if (kept == 0 || chosen[kept - 1] != chosen[i]) {
        chosen[kept++] = chosen[i];
      }
    }
    chosenCount = kept;
  }

  /** Exact as long as there are less than 2^47 rows: there are less than 2^16 buckets. */
  private long place(int bucket, int buckets) {
    return bucket * rows.count() / buckets;
  }

  private void chooseExtremes(long from, long to) {
    Rows bucket = rows.slice(from, to);
    for (int metric = 0; metric < metrics.size(); metric++) {
      findExtremes(bucket, metric);
      if (min.isFound()) {
        choose(min.row());
        choose(max.row());
      }
    }
  }

  /** Keeps the extremes of the first metrics, where there is no room for those of all. */
  private Rows fewMetrics() {
    Set<Long> sample = new HashSet<>(List.of(rows.row(0), rows.row(rows.count() - 1)));
    for (int metric = 0; metric < metrics.size() && sample.size() < most; metric++) {
      findExtremes(rows, metric);
      for (Extreme extreme : List.of(min, max)) {
        if (extreme.isFound() && sample.size() < most) {
          sample.add(extreme.row());
        }
      }
    }
    return Rows.of(sample.stream().mapToLong(Long::longValue).toArray(), sample.size());
  }

  private void addAll(Rows sample) {
    for (int range = 0; range < sample.rangeCount(); range++) {
      for (long row = sample.start(range); row < sample.end(range); row++) {
        choose(row);
      }
    }
  }

  private void findExtremes(Rows bucket, int metric) {
    min.clear();
    max.clear();
    int segment = 0;
    for (int range = 0; range < bucket.rangeCount(); range++) {
      segment = segmentOf(bucket.start(range), segment);
      for (int i = segment; i < segments.size(); i++) {
        TableSegment current = segments.get(i);
        long from = Math.max(bucket.start(range), current.firstRow());
        long to = Math.min(bucket.end(range), current.firstRow() + current.rowCount());
        if (from >= to) {
          break;
        }
        Column column = columns(i)[metric];
        int first = (int) (from - current.firstRow());
        int behind = (int) (to - current.firstRow());
        aggregate.clear();
        column.aggregate(first, behind, aggregate);
        min.add(column, first, behind, aggregate, current.firstRow());
        max.add(column, first, behind, aggregate, current.firstRow());
      }
    }
  }

  /** Returns the segment of a row, which is not in front of another segment. */
  private int segmentOf(long row, int from) {
    int low = from;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).firstRow() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private Column[] columns(int place) {
    if (columns[place] == null) {
      Segment segment = segments.get(place).segment();
      columns[place] = metrics.stream().map(segment::column).toArray(Column[]::new);
    }
    return columns[place];
  }

  private void choose(long row) {
    if (chosenCount == chosen.length) {
      chosen = Arrays.copyOf(chosen, 2 * chosenCount);
    }
    chosen[chosenCount++] = row;
  }
}
