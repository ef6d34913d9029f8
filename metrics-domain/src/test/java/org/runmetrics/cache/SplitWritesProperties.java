package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.scan.BlockSize;
import org.runmetrics.scan.ScanThreads;
import org.runmetrics.series.Metric;
import org.runmetrics.series.Series;
import org.runmetrics.settings.CacheSize;
import org.runmetrics.view.Table;

/** However a file is written, and whenever it is queried meanwhile, the end is the same. */
class SplitWritesProperties {

  @Property(tries = 150)
  void split_writes_with_queries_between_end_with_the_answer_of_the_whole_file(
      @ForAll("files") List<String> lines,
      @ForAll("cuts") List<Integer> cuts,
      @ForAll @IntRange(min = 40, max = 2000) int blockBytes)
      throws IOException {
    byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    Path root = Files.createTempDirectory("split-writes");
    try (ScanThreads threads = new ScanThreads(2);
        SeriesCache cache =
            new SeriesCache(CacheSize.ofHeap(1 << 20), threads, new BlockSize(blockBytes))) {
      EventsOnDisk whole = EventsOnDisk.create(root, "whole");
      whole.append(bytes);
      EventsOnDisk split = EventsOnDisk.create(root, "split");
      int from = 0;
      for (int cut : places(cuts, bytes.length)) {
        split.append(Arrays.copyOfRange(bytes, from, cut));
        answer(cache, split);
        from = cut;
      }

      assertThat(answer(cache, split)).isEqualTo(answer(cache, whole)).isEqualTo(plain(whole));
      assertThat(cache.series(split.run()).segments())
          .isEqualTo(cache.series(whole.run()).segments());
    } finally {
      delete(root);
    }
  }

  /** Places of cuts in the file, which may fall inside a character; the last is the file's end. */
  private static SortedSet<Integer> places(List<Integer> cuts, int length) {
    SortedSet<Integer> places = new TreeSet<>(List.of(length));
    cuts.forEach(cut -> places.add((int) ((long) cut * length / 1000)));
    return places;
  }

  private static Answer answer(SeriesCache cache, EventsOnDisk events) throws IOException {
    Series series = cache.series(events.run());
    return new Answer(
        series.metrics(),
        Rows.of(Table.bySteps(series)),
        Rows.of(Table.byTimes(series)),
        series.skippedLines(),
        series.isDamaged());
  }

  /** Reads the file in one block. */
  private static Answer plain(EventsOnDisk events) throws IOException {
    try (SeriesCache cache = new SeriesCache(CacheSize.ofHeap(1 << 20), 1)) {
      return answer(cache, events);
    }
  }

  private record Answer(
      List<Metric> metrics,
      List<Map<String, Object>> steps,
      List<Map<String, Object>> times,
      long skippedLines,
      boolean damaged) {}

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 1000).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<String>> files() {
    Arbitrary<String> end = Arbitraries.of("\n", "\r\n");
    Arbitrary<String> line = Arbitraries.oneOf(event(), event(), event(), event(), oddity());
    return Combinators.combine(line, end).as(String::concat).list().ofMaxSize(40);
  }

  private static Arbitrary<String> event() {
    Arbitrary<String> step =
        Arbitraries.integers().between(0, 20).map(n -> "\"global_step\": " + n);
    Arbitrary<String> name = Arbitraries.of("loss", "acc", "näme", "小", "stage");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(Object::toString),
            Arbitraries.longs().map(Object::toString),
            Arbitraries.of("true", "null", "NaN", "-Infinity", "\"é🎉\"", "\"train\"", "[1, 2]"));
    Arbitrary<String> member =
        Combinators.combine(name, value).as((key, it) -> "\"" + key + "\": " + it);
    return Combinators.combine(
            Arbitraries.integers().between(0, 30), step.optional(), member.list().ofMaxSize(4))
        .as(
            (time, number, members) -> {
              List<String> data = new ArrayList<>(members);
              number.ifPresent(data::add);
              return "{\"ts\": %d.5, \"type\": \"metrics\", \"data\": {%s}}"
                  .formatted(time, String.join(", ", data));
            });
  }

  private static Arbitrary<String> oddity() {
    return Arbitraries.of("", "no json", "{}", "[]", "{\"type\": \"metrics\"}", "\uFEFF", "{\"a\"");
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
