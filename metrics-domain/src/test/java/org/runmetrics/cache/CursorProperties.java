package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.runmetrics.json.Json;
import org.runmetrics.scan.BlockSize;
import org.runmetrics.scan.ScanThreads;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Position;
import org.runmetrics.series.Series;
import org.runmetrics.settings.CacheSize;
import org.runmetrics.view.Delta;
import org.runmetrics.view.Table;
import org.runmetrics.view.TableRows;

/** Whatever happens to a file, a client that asks for what is new has what the file holds. */
class CursorProperties {
  private static final long START = 1_700_000_000;

  private enum Change {
    APPEND,
    APPEND_HALF,
    END_HALF,
    END_HALF_OTHERWISE,
    FINISH,
    GO_ON,
    CUT,
    REPLACE,
    WRITE_OVER,
    RESTART,
    ASK
  }

  @Property(tries = 150)
  void deltas_applied_to_a_copy_are_the_whole_answer(
      @ForAll("changes") List<Change> changes,
      @ForAll @Size(1000) List<@IntRange(max = 30) Integer> numbers,
      @ForAll @IntRange(min = 40, max = 2000) int blockBytes)
      throws IOException {
    Path root = Files.createTempDirectory("cursors");
    EventsOnDisk events = EventsOnDisk.create(root, "r1");
    Iterable<Integer> endless = numbers;
    Story story = new Story(events, endless.iterator()::next);
    Copy steps = new Copy(Axis.STEP);
    Copy times = new Copy(Axis.TIME);
    SeriesCache cache = open(blockBytes);
    try {
      for (Change change : changes) {
        if (change == Change.RESTART) {
          cache.close();
          cache = open(blockBytes);
        }
        story.apply(change);
        if (change == Change.ASK) {
          steps.update(cache, events);
          times.update(cache, events);
        }
      }
      steps.update(cache, events);
      times.update(cache, events);
    } finally {
      cache.close();
      CacheOnDisk.delete(root);
    }
  }

  private static SeriesCache open(int blockBytes) {
    return new SeriesCache(
        CacheSize.ofHeap(1 << 20), new ScanThreads(1), new BlockSize(blockBytes));
  }

  /** What a client holds, who only asks for what is new. */
  private static final class Copy {
    private final Axis axis;
    private final Map<Double, Map<String, Json>> rows = new TreeMap<>();
    private String cursor = Position.START.token();

    private Copy(Axis axis) {
      this.axis = axis;
    }

    void update(SeriesCache cache, EventsOnDisk events) throws IOException {
      Series series = cache.series(events.run());
      Table table = Table.of(series, axis);
      Position read = Position.ofToken(cursor).orElseThrow();
      Delta delta =
          cache.continues(events.run(), series, read)
              ? Delta.behind(table, read.events())
              : Delta.all(table);
      if (delta.reset()) {
        rows.clear();
      }
      read(table, delta.rows(), rows);
      Map<Double, Map<String, Json>> all = new TreeMap<>();
      read(table, table.rows(), all);
      assertThat(rows).isEqualTo(all);
      cursor = series.position().token();
      assertThat(cache.continues(events.run(), series, series.position())).isTrue();
      assertThat(Delta.behind(table, series.position().events()).rows().count()).isZero();
    }

    private void read(
        Table table, org.runmetrics.view.Rows chosen, Map<Double, Map<String, Json>> target) {
      double start = axis == Axis.TIME ? Axis.timeOfKey(table.firstKey()) : 0;
      TableRows.forEach(
          table,
          chosen,
          (key, row) -> target.put(axis == Axis.STEP ? key : Axis.timeOfKey(key) - start, row));
    }
  }

  /** What happens to a file. */
  private record Story(EventsOnDisk events, Numbers numbers) {

    interface Numbers {
      int next();
    }

    void apply(Change change) throws IOException {
      switch (change) {
        case APPEND -> events.append(line() + "\n");
        case APPEND_HALF -> events.append(line());
        case END_HALF -> events.append("\n");
        case END_HALF_OTHERWISE -> events.append(" }\n");
        case FINISH -> events.status("finished");
        case GO_ON -> events.status("running");
        case CUT -> cut();
        case REPLACE -> replace();
        case WRITE_OVER -> writeOver();
        case RESTART, ASK -> {}
      }
    }

    private String line() {
      return "{\"ts\": %d, \"type\": \"metrics\", \"data\": {\"step\": %d, \"a\": %d}}"
          .formatted(START + numbers.next(), numbers.next(), numbers.next());
    }

    private void cut() throws IOException {
      if (Files.exists(events.file())) {
        byte[] bytes = Files.readAllBytes(events.file());
        Files.write(events.file(), Arrays.copyOf(bytes, bytes.length * numbers.next() / 30));
      }
    }

    private void replace() throws IOException {
      byte[] bytes = Files.exists(events.file()) ? Files.readAllBytes(events.file()) : new byte[0];
      Path other = events.file().resolveSibling("other");
      Files.writeString(other, new String(bytes, StandardCharsets.UTF_8).replace("\"a\"", "\"b\""));
      Files.move(other, events.file(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Changes values in their places, so that only content and time tell. */
    private void writeOver() throws IOException {
      if (Files.exists(events.file())) {
        FileTime time = Files.getLastModifiedTime(events.file());
        String text = Files.readString(events.file());
        Files.writeString(events.file(), text.replace("\"a\"", "\"c\""));
        Files.setLastModifiedTime(
            events.file(), FileTime.fromMillis(time.toMillis() + 1 + numbers.next()));
      }
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Change> usual =
        Arbitraries.of(Change.APPEND, Change.APPEND_HALF, Change.END_HALF, Change.ASK);
    return Arbitraries.oneOf(usual, Arbitraries.of(Change.ASK), Arbitraries.of(Change.class))
        .list()
        .ofMaxSize(40);
  }
}
