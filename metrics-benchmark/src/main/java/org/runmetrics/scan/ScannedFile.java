package org.runmetrics.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.runmetrics.file.RegularFile;
import org.runmetrics.series.Segment;
import org.runmetrics.series.SegmentSummary;
import org.runmetrics.series.Series;

/** Reads a file into a series that is all in memory, without a cache. */
public final class ScannedFile {
  private ScannedFile() {}

  /** Reads a file by so many threads. */
  public static Series read(Path path, int threads) throws IOException {
    Map<SegmentSummary, Segment> segments = new ConcurrentHashMap<>();
    Path real = path.toRealPath();
    RegularFile opened = new RegularFile(real.resolveSibling(""), real);
    try (ScanThreads scanThreads = new ScanThreads(threads);
        EventFile file = EventFile.open(opened)) {
      Scanned found =
          new FileScan(BlockSize.STANDARD, scanThreads, opened, file, segments::put).lines(0);
      Map<SegmentSummary, Segment> inFile =
          new TreeMap<>(Comparator.comparingLong(SegmentSummary::from));
      inFile.putAll(segments);
      return new Series(found.metrics(), List.copyOf(inFile.keySet()), 0, false, inFile::get);
    }
  }
}
