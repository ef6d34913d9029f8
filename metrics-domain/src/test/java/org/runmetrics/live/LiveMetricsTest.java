package org.runmetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.json.Json;
import org.runmetrics.push.Workers;
import org.runmetrics.run.Host;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;
import org.runmetrics.series.Position;
import org.runmetrics.settings.CacheSize;
import org.runmetrics.view.Table;
import org.runmetrics.view.TableRows;
import org.runmetrics.watch.FileEvents;

@Timeout(60)
class LiveMetricsTest {
  @TempDir Path root;
  private final FileEvents events = new FileEvents();
  private final SeriesCache cache = new SeriesCache(CacheSize.ofHeap(1 << 20), 1);
  private final Workers workers = new Workers(Thread::new);
  private final LiveMetrics live = new LiveMetrics(cache, events, workers);
  private RunDirectory run;

  @BeforeEach
  void aRun() throws IOException {
    Files.createDirectories(root.resolve("runs/r1"));
    Files.writeString(root.resolve("runs/r1/status.json"), "{\"status\": \"running\"}");
    run = new RunCatalog(new StorageRoot(root)).find("r1").orElseThrow();
  }

  @AfterEach
  void close() {
    live.close();
    workers.close();
    cache.close();
  }

  @Test
  void who_comes_without_a_position_hears_only_what_is_logged_from_then_on() throws Exception {
    append(line(1, "a", 1));
    HeardMetrics heard = fromNow(live);
    append(line(2, "a", 2));
    heard.await(() -> !heard.rows().isEmpty());
    assertThat(heard.rows()).containsOnlyKeys(2L);
  }

  @Test
  void rows_that_were_touched_are_told_whole_and_no_others() throws Exception {
    append(line(1, "a", 1) + line(2, "a", 2));
    HeardMetrics heard = fromNow(live);
    append(line(1, "b", 5));
    heard.await(() -> !heard.rows().isEmpty());
    assertThat(heard.rows())
        .isEqualTo(Map.of(1L, Map.of("a", new Json.Whole(1), "b", new Json.Whole(5))));
  }

  @Test
  void a_process_that_is_killed_ends_the_run_though_no_file_changes() throws Exception {
    Process training = new ProcessBuilder("sleep", "600").start();
    Files.writeString(
        root.resolve("runs/r1/meta.json"),
        "{\"hostname\": \"here\", \"pid\": " + training.pid() + "}");
    run = new RunCatalog(new StorageRoot(root, new Host("here"))).find("r1").orElseThrow();
    append(line(1, "a", 1) + "{\"ts\": 2, \"type\": \"metrics\", \"data\": {\"step\": 2}}");
    HeardMetrics heard = fromNow(live);

    training.destroyForcibly().waitFor();
    heard.await(() -> heard.status().isPresent());
    assertThat(heard.status()).contains("failed");
    // The last line needs no end any more.
    assertThat(heard.rows()).containsOnlyKeys(2L);
  }

  @Test
  void a_half_line_is_told_once_it_has_ended() throws Exception {
    HeardMetrics heard = fromNow(live);
    String line = line(1, "a", 1);
    append(line.substring(0, 20));
    append(line.substring(20));
    heard.await(() -> !heard.rows().isEmpty());
    assertThat(heard.rows()).isEqualTo(rows());
    assertThat(heard.resets()).isZero();
  }

  @Test
  void whoever_goes_on_at_any_position_ends_with_what_the_run_has() throws Exception {
    Random random = new Random(5);
    HeardMetrics heard = fromNow(live);
    Map<Position, Map<Long, Map<String, Json>>> known = new LinkedHashMap<>();
    for (int i = 0; i < 25; i++) {
      StringBuilder lines = new StringBuilder();
      for (int j = random.nextInt(4); j >= 0; j--) {
        lines.append(line(random.nextInt(30), "m" + random.nextInt(3), random.nextInt(100)));
      }
      known.put(heard.position(), new TreeMap<>(heard.rows()));
      append(lines.toString());
      Map<Long, Map<String, Json>> all = rows();
      heard.await(() -> heard.rows().equals(all));
    }
    for (Map.Entry<Position, Map<Long, Map<String, Json>>> stop : known.entrySet()) {
      HeardMetrics again = HeardMetrics.from(live, run, stop.getKey(), stop.getValue());
      again.await(() -> again.rows().equals(heard.rows()));
      assertThat(again.resets()).isZero();
      again.leave();
    }
  }

  @Test
  void a_position_that_is_newer_than_the_last_look_is_no_reason_to_begin_anew() throws Exception {
    LiveMetrics unwoken = new LiveMetrics(cache, new FileEvents(Duration.ofHours(1)), workers);
    append(line(1, "a", 1));
    HeardMetrics first = fromNow(unwoken);
    for (int step = 2; step < 20; step++) {
      append(line(step, "a", step));
      Position newest = cache.series(run).position();
      HeardMetrics second = HeardMetrics.from(unwoken, run, newest, rows());
      second.await(() -> second.rows().size() > 0);
      assertThat(second.resets()).isZero();
      assertThat(second.changes()).allMatch(MetricsChange::isEmpty);
    }
    first.await(() -> first.rows().size() == 18);
    unwoken.close();
  }

  @Test
  void a_file_that_was_cut_is_told_from_its_start() throws Exception {
    append(line(1, "a", 1) + line(2, "a", 2));
    HeardMetrics heard = fromNow(live);
    Files.writeString(run.eventsName(), line(7, "c", 3));
    heard.await(() -> heard.rows().containsKey(7L));
    assertThat(heard.resets()).isPositive();
    assertThat(heard.rows()).isEqualTo(rows());
    Files.delete(run.eventsName());
    heard.await(() -> heard.rows().isEmpty());
    append(line(8, "c", 3));
    heard.await(() -> heard.rows().containsKey(8L));
  }

  @Test
  void who_keeps_up_shares_a_change_and_who_lags_gets_many_as_one() throws Exception {
    HeardMetrics first = fromNow(live);
    HeardMetrics second = fromNow(live);
    HeardMetrics lagging = fromNow(live);
    for (int step = 1; step <= 3; step++) {
      append(line(step, "a", step));
      int size = step;
      first.await(() -> first.rows().size() == size);
      second.await(() -> second.rows().size() == size);
    }
    lagging.await(() -> lagging.rows().size() == 3);
    for (int i = 0; i < first.changes().size(); i++) {
      assertThat(second.changes().get(i)).isSameAs(first.changes().get(i));
    }
    assertThat(lagging.changes()).hasSize(1);
    assertThat(lagging.rows()).isEqualTo(first.rows()).isEqualTo(rows());
  }

  @Test
  void a_run_that_ends_tells_so_after_its_last_rows() throws Exception {
    HeardMetrics heard = fromNow(live);
    append(line(1, "a", 1));
    Files.writeString(run.statusName(), "{\"status\": \"finished\"}");
    heard.await(() -> heard.status().isPresent());
    assertThat(heard.status()).hasValue("finished");
    assertThat(heard.rows()).containsOnlyKeys(1L);
    HeardMetrics late = fromNow(live);
    late.await(() -> late.status().isPresent());
    assertThat(late.status()).hasValue("finished");
  }

  @Test
  void a_run_that_is_deleted_ends_the_listening() throws Exception {
    HeardMetrics heard = fromNow(live);
    Files.writeString(run.path().resolve(".deleted"), "");
    heard.await(heard::isOver);
    heard.leave();
    assertThat(live.size()).isZero();
  }

  @Test
  void nothing_is_left_when_the_last_has_gone() throws Exception {
    HeardMetrics first = fromNow(live);
    HeardMetrics second = fromNow(live);
    first.leave();
    first.leave();
    assertThat(live.size()).isEqualTo(1);
    second.leave();
    assertThat(live.size()).isZero();
    assertThat(events.directories()).isZero();
  }

  private HeardMetrics fromNow(LiveMetrics feeds) throws IOException, InterruptedException {
    return HeardMetrics.from(feeds, run, cache.series(run).position(), Map.of());
  }

  private Map<Long, Map<String, Json>> rows() throws IOException {
    Map<Long, Map<String, Json>> rows = new TreeMap<>();
    TableRows.forEach(Table.bySteps(cache.series(run)), rows::put);
    return rows;
  }

  private void append(String text) throws IOException {
    Files.write(
        run.eventsName(),
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String line(int step, String metric, int value) {
    return "{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"step\": %d, \"%s\": %d}}\n"
        .formatted(step, metric, value);
  }
}
