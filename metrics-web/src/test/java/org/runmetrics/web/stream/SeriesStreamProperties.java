package org.runmetrics.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.runmetrics.web.TestRun;
import org.runmetrics.web.TestServer;

class SeriesStreamProperties {
  private static final String STREAM = "/api/v2/series/stream?runs=a,b&cursor=start";

  /** One line that one of the runs logs. */
  record Logged(String run, int step, String metric) {}

  private Path root = Path.of("");
  private List<AutoCloseable> open = List.of();

  @BeforeTry
  void start() throws IOException {
    root = Files.createTempDirectory("runmetrics-properties-");
  }

  @AfterTry
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The second run is not there at first. */
  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void whoever_goes_on_after_any_event_gets_each_row_that_it_has_not_and_no_other(
      @ForAll("lines") @Size(min = 4, max = 12) List<Logged> lines) throws Exception {
    TestServer server = TestServer.of(root);
    EventClient client = EventClient.open(server, STREAM);
    open = List.of(client, server);
    Map<String, TestRun> runs = new TreeMap<>();
    runs.put("a", TestRun.create(root, "a", "running"));
    HeardRuns heard = new HeardRuns();
    Map<String, Map<String, Map<Long, JsonObject>>> known = new LinkedHashMap<>();
    int time = 0;
    for (Logged line : lines) {
      TestRun run = runs.computeIfAbsent(line.run(), id -> TestRun.create(root, id, "running"));
      run.log(++time, "\"step\": %d, \"%s\": %d".formatted(line.step(), line.metric(), time));
      while (!heard.rows(line.run()).equals(all(server, line.run()))) {
        EventClient.Event event = client.next();
        heard.hear(event);
        known.put(event.id(), heard.rows());
      }
    }
    assertThat(heard.resets()).isEmpty();
    assertThat(heard.repeated()).isZero();
    for (Map.Entry<String, Map<String, Map<Long, JsonObject>>> stop : known.entrySet()) {
      HeardRuns mine = new HeardRuns(stop.getValue());
      try (EventClient again = EventClient.open(server, STREAM, "Last-Event-ID", stop.getKey())) {
        while (!mine.rows().equals(heard.rows()) || mine.statuses().size() < runs.size()) {
          mine.hear(again.next());
        }
      }
      assertThat(mine.resets()).isEmpty();
      assertThat(mine.repeated()).isZero();
    }
  }

  @Provide
  Arbitrary<List<Logged>> lines() {
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of("loss", "val/loss", "x"))
        .as(Logged::new)
        .list();
  }

  private static Map<Long, JsonObject> all(TestServer server, String run) {
    return HeardRuns.byStep(server.object("/api/runs/" + run + "/metrics_step"));
  }
}
