package org.runmetrics.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.runmetrics.file.FileStamp;
import org.runmetrics.scan.Fingerprint;
import org.runmetrics.scan.LineCounts;
import org.runmetrics.series.ImageLines;
import org.runmetrics.series.KeyRange;
import org.runmetrics.series.Metric;
import org.runmetrics.series.SegmentSummary;

/** What is known of a run as bytes; {@link EntrySerializer#FORMAT} names their format. */
final class LoadedRunCodec {
  private static final List<KeyRange.Order> ORDERS =
      List.of(KeyRange.Order.ASCENDING, KeyRange.Order.REPEATING, KeyRange.Order.MIXED);

  private LoadedRunCodec() {}

  static byte[] encode(String path, LoadedRun run) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      put(out, path);
      put(out, run.stamp().key());
      out.writeLong(run.stamp().size());
      put(out, run.stamp().modified().toInstant());
      put(out, run.loadedAt());
      out.writeLong(run.generation());
      out.writeLong(run.offset());
      out.writeLong(run.fingerprint().offset());
      put(out, run.fingerprint().head());
      put(out, run.fingerprint().tail());
      out.writeBoolean(run.running());
      out.writeBoolean(run.restRead());
      out.writeLong(run.counts().lines());
      out.writeLong(run.counts().objects());
      out.writeLong(run.counts().skipped());
      out.writeInt(run.segments().size());
      for (SegmentSummary segment : run.segments()) {
        out.writeLong(segment.from());
        out.writeLong(segment.to());
        out.writeInt(segment.rows());
        put(out, segment.steps());
        put(out, segment.times());
      }
      out.writeInt(run.metrics().size());
      for (Metric metric : run.metrics()) {
        put(out, metric.name());
        out.writeBoolean(metric.whole());
        out.writeBoolean(metric.numeric());
        out.writeBoolean(metric.onStep());
        out.writeBoolean(metric.onTime());
      }
      out.writeInt(run.images().count());
      for (int place = 0; place < run.images().count(); place++) {
        out.writeLong(run.images().offset(place));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static Entry.OfRun decode(ByteBuffer in) {
    String path = text(in);
    FileStamp stamp = new FileStamp(text(in), in.getLong(), FileTime.from(instant(in)));
    Instant loadedAt = instant(in);
    long generation = in.getLong();
    long offset = in.getLong();
    Fingerprint fingerprint = new Fingerprint(in.getLong(), text(in), text(in));
    boolean running = flag(in);
    boolean restRead = flag(in);
    LineCounts counts = new LineCounts(in.getLong(), in.getLong(), in.getLong());
    return new Entry.OfRun(
        path,
        new LoadedRun(
            stamp,
            loadedAt,
            generation,
            offset,
            fingerprint,
            running,
            restRead,
            segments(in),
            metrics(in),
            images(in),
            counts));
  }

  private static List<SegmentSummary> segments(ByteBuffer in) {
    List<SegmentSummary> segments = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      segments.add(new SegmentSummary(in.getLong(), in.getLong(), in.getInt(), keys(in), keys(in)));
    }
    return List.copyOf(segments);
  }

  private static List<Metric> metrics(ByteBuffer in) {
    List<Metric> metrics = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      metrics.add(new Metric(text(in), flag(in), flag(in), flag(in), flag(in)));
    }
    return List.copyOf(metrics);
  }

  private static ImageLines images(ByteBuffer in) {
    return ImageLines.of(LongStream.generate(in::getLong).limit(in.getInt()));
  }

  private static void put(DataOutputStream out, KeyRange keys) throws IOException {
    out.writeInt(keys.count());
    out.writeLong(keys.min());
    out.writeLong(keys.max());
    out.writeByte(ORDERS.indexOf(keys.order()));
  }

  private static KeyRange keys(ByteBuffer in) {
    return new KeyRange(in.getInt(), in.getLong(), in.getLong(), ORDERS.get(in.get()));
  }

  private static void put(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private static Instant instant(ByteBuffer in) {
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  /** Strings are kept in UTF-16, which holds lone surrogates too. */
  private static void put(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  private static String text(ByteBuffer in) {
    char[] characters = new char[in.getInt()];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = in.getChar();
    }
    return new String(characters);
  }

  private static boolean flag(ByteBuffer in) {
    return in.get() != 0;
  }
}
