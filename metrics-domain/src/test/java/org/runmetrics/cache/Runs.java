package org.runmetrics.cache;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.runmetrics.file.FileStamp;
import org.runmetrics.scan.Fingerprint;
import org.runmetrics.scan.LineCounts;
import org.runmetrics.series.ImageLines;
import org.runmetrics.series.KeyRange;
import org.runmetrics.series.Metric;
import org.runmetrics.series.SegmentSummary;

/** What may be known of runs. */
final class Runs {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);

  private Runs() {}

  static LoadedRun loaded(int segments) {
    List<SegmentSummary> summaries =
        LongStream.range(0, segments)
            .mapToObj(
                i ->
                    new SegmentSummary(
                        100 * i,
                        100 * i + 100,
                        10,
                        new KeyRange(10, 10 * i, 10 * i + 9, KeyRange.Order.ASCENDING),
                        new KeyRange(0, Long.MAX_VALUE, Long.MIN_VALUE, KeyRange.Order.MIXED)))
            .toList();
    return new LoadedRun(
        new FileStamp("(dev=1,ino=2)", 100L * segments, FileTime.from(TIME)),
        TIME.plusSeconds(5),
        Long.MIN_VALUE,
        100L * segments,
        new Fingerprint(100L * segments, "ab".repeat(32), "cd".repeat(32)),
        true,
        false,
        summaries,
        List.of(
            new Metric("loss", false, true, true, true),
            new Metric("näme\uD800\uDF89 小 \uD800", true, false, false, true),
            new Metric("", true, true, true, false)),
        ImageLines.of(LongStream.range(0, segments).map(i -> 100 * i + 7)),
        new LineCounts(12L * segments, 10L * segments, 7));
  }
}
