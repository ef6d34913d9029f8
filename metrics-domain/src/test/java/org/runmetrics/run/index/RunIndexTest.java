package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.run.Host;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;

/** Each change is in the very next answer; hundreds of times, to meet every race. */
@Timeout(120)
class RunIndexTest {
  private static final int TIMES = 300;

  /** Long enough that nothing is verified, ended or given up by the clock. */
  private static final Pace BY_EVENTS =
      new Pace(
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofHours(1));

  @TempDir Path temporary;
  private Path root;
  private StorageFolder storage;
  private RunIndex index;

  @BeforeEach
  void anIndex() throws IOException {
    root = Files.createDirectory(temporary.resolve("storage"));
    storage = new StorageFolder(root);
    index = new RunIndex(new StorageRoot(root), BY_EVENTS, LocalFileSystems.LINUX);
    storage.run("runs/group/kept");
    assertThat(places()).containsExactly("runs/group/kept");
    assertThat(index.isWatching()).isTrue();
  }

  @AfterEach
  void close() {
    assertThat(index.isWatching()).isTrue();
    index.close();
  }

  @Test
  void a_run_that_appears_and_goes() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      Path run = storage.run("runs/group/new");
      assertThat(places()).containsExactly("runs/group/kept", "runs/group/new");
      Files.delete(run.resolve("meta.json"));
      assertThat(places()).containsExactly("runs/group/kept");
      Files.createFile(run.resolve("events.jsonl"));
      assertThat(places()).containsExactly("runs/group/kept", "runs/group/new");
      Files.delete(run.resolve("events.jsonl"));
      Files.delete(run);
      assertThat(places()).containsExactly("runs/group/kept");
    }
  }

  @Test
  void a_run_that_is_marked_as_deleted_and_comes_back() throws IOException {
    Path run = root.resolve("runs/group/kept");
    for (int i = 0; i < TIMES; i++) {
      StorageFolder.delete(run);
      assertThat(places()).isEmpty();
      Files.delete(run.resolve(".deleted"));
      assertThat(places()).containsExactly("runs/group/kept");
    }
  }

  @Test
  void a_file_that_is_rewritten_in_place_to_the_same_size() throws IOException {
    Path run = root.resolve("runs/group/kept");
    for (int i = 0; i < TIMES; i++) {
      String value = Integer.toString(1_000 + i);
      Files.writeString(run.resolve("status.json"), "{\"status\": \"" + value + "\"}");
      assertThat(only().status().status()).isEqualTo(value);
      Files.writeString(run.resolve("meta.json"), "{\"alias\": \"" + value + "\"}");
      assertThat(only().alias()).contains(value);
      Files.writeString(run.resolve("summary.json"), "{\"best_metric_value\": " + value + "}");
      assertThat(only().bestMetricValue()).hasValue(1_000 + i);
      assertThat(facts().summary().fields().whole("best_metric_value")).hasValue(1_000 + i);
      Files.writeString(
          run.resolve("assets.json"), "{\"config\": {\"args\": {\"lr\": " + value + "}}}");
      assertThat(facts().parameters().fields().whole("lr")).hasValue(1_000 + i);
      assertThat(index.facts(System.nanoTime())).isSameAs(index.facts(System.nanoTime()));
    }
  }

  @Test
  void a_run_whose_process_is_killed() throws Exception {
    Path run = root.resolve("runs/group/kept");
    String host = Host.own().name();
    for (int i = 0; i < 20; i++) {
      Process training = new ProcessBuilder("sleep", "600").start();
      Files.writeString(
          run.resolve("meta.json"),
          "{\"hostname\": \"" + host + "\", \"pid\": " + training.pid() + "}");
      Files.writeString(run.resolve("status.json"), "{\"status\": \"running\"}");
      assertThat(only().status().status()).isEqualTo("running");
      assertThat(index.runs(System.nanoTime())).isSameAs(index.runs(System.nanoTime()));
      training.destroyForcibly().waitFor();
      assertThat(only().status().status()).isEqualTo("failed");
      assertThat(index.runs(System.nanoTime())).isSameAs(index.runs(System.nanoTime()));
    }
  }

  @Test
  void a_file_that_is_replaced_by_another() throws IOException {
    Path run = root.resolve("runs/group/kept");
    for (int i = 0; i < TIMES; i++) {
      String value = Integer.toString(1_000 + i);
      Files.writeString(run.resolve("temporary"), "{\"status\": \"" + value + "\"}");
      Files.move(
          run.resolve("temporary"), run.resolve("status.json"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(only().status().status()).isEqualTo(value);
    }
  }

  @Test
  void a_group_that_moves_away_and_back() throws IOException {
    storage.run("runs/group/deeper/deepest");
    Path away = temporary.resolve("away");
    for (int i = 0; i < TIMES; i++) {
      Files.move(root.resolve("runs/group"), away);
      assertThat(places()).isEmpty();
      Files.move(away, root.resolve("runs/other"));
      assertThat(places()).containsExactly("runs/other/deeper/deepest", "runs/other/kept");
      StorageFolder.delete(root.resolve("runs/other/kept"));
      assertThat(places()).containsExactly("runs/other/deeper/deepest");
      Files.delete(root.resolve("runs/other/kept/.deleted"));
      Files.move(root.resolve("runs/other"), root.resolve("runs/group"));
      assertThat(places()).containsExactly("runs/group/deeper/deepest", "runs/group/kept");
    }
  }

  @Test
  void links_that_come_go_and_lead_elsewhere() throws IOException {
    storage.run("attic/one/a");
    storage.run("attic/two/b");
    Path link = root.resolve("runs/link");
    for (int i = 0; i < TIMES; i++) {
      storage.link("runs/link", root.resolve("attic/current"));
      assertThat(places()).containsExactly("runs/group/kept");
      Files.move(root.resolve("attic/one"), root.resolve("attic/current"));
      assertThat(places()).containsExactly("runs/group/kept", "runs/link/a");
      StorageFolder.delete(root.resolve("attic/current/a"));
      assertThat(places()).containsExactly("runs/group/kept");
      Files.delete(root.resolve("attic/current/a/.deleted"));
      Files.move(root.resolve("attic/current"), root.resolve("attic/one"));
      Files.move(root.resolve("attic/two"), root.resolve("attic/current"));
      assertThat(places()).containsExactly("runs/group/kept", "runs/link/b");
      Files.move(root.resolve("attic/current"), root.resolve("attic/two"));
      Files.delete(link);
      assertThat(places()).containsExactly("runs/group/kept");
    }
  }

  @Test
  void a_file_behind_a_link_is_rewritten() throws IOException {
    Path target = Files.writeString(root.resolve("status"), "{\"status\": \"0000\"}");
    storage.link("runs/group/kept/status.json", target);
    for (int i = 0; i < TIMES; i++) {
      String value = Integer.toString(1_000 + i);
      Files.writeString(target, "{\"status\": \"" + value + "\"}");
      assertThat(only().status().status()).isEqualTo(value);
    }
  }

  @Test
  void a_root_that_is_replaced_by_another() throws IOException {
    Path other = temporary.resolve("other");
    Path aside = temporary.resolve("aside");
    new StorageFolder(other).run("runs/b");
    for (int i = 0; i < 20; i++) {
      Files.move(root, aside);
      assertThat(places()).isEmpty();
      Files.move(other, root);
      assertThat(places()).hasSize(1);
      Files.move(aside, other);
    }
  }

  @Test
  void more_changes_than_can_be_reported() throws IOException {
    for (int i = 0; i < 1_500; i++) {
      storage.run("runs/group/" + i);
    }
    assertThat(places()).hasSize(1_501);
    Path run = root.resolve("runs/group/7");
    for (int i = 0; i < 1_500; i++) {
      Files.createFile(run.resolve("file" + i));
    }
    Files.writeString(run.resolve("status.json"), "{\"status\": \"finished\"}");
    assertThat(index.runs(System.nanoTime()))
        .anyMatch(info -> info.status().status().equals("finished"));
  }

  @Test
  void what_did_not_change_is_not_read_again() throws IOException {
    Path run = storage.run("runs/group/new");
    List<RunInfo> before = index.runs(System.nanoTime());
    Files.writeString(run.resolve("events.jsonl"), "{}\n");
    List<RunInfo> same = index.runs(System.nanoTime());
    assertThat(same).isSameAs(index.runs(System.nanoTime()));
    for (String name : List.of("events.jsonl", "logs.txt")) {
      Files.writeString(
          run.resolve(name), "{}\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    Files.writeString(run.resolve("status.json"), "{\"status\": \"running\"}");
    List<RunInfo> after = index.runs(System.nanoTime());
    assertThat(after.get(0)).isSameAs(before.get(0));
    assertThat(after.get(1).status().isRunning()).isTrue();
  }

  @Test
  void events_that_are_appended_change_nothing() throws IOException {
    Path run = storage.run("runs/group/new");
    Files.writeString(run.resolve("meta.json"), "{\"created_at\": 1}");
    Path events = Files.createFile(run.resolve("events.jsonl"));
    List<RunInfo> before = index.runs(System.nanoTime());
    for (int i = 0; i < TIMES; i++) {
      Files.writeString(events, "{}\n", StandardOpenOption.APPEND);
      assertThat(index.runs(System.nanoTime())).isSameAs(before);
    }
  }

  @Test
  void whoever_changes_something_sees_it_however_many_ask() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Void>> answers = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      String run = "runs/group" + thread + "/" + thread + "-";
      Callable<Void> task =
          () -> {
            for (int i = 0; i < 50; i++) {
              storage.run(run + i);
              assertThat(places()).contains(run + i);
              assertThat(index.directories(System.nanoTime())).containsKey("kept");
            }
            return null;
          };
      answers.add(threads.submit(task));
    }
    for (Future<Void> answer : answers) {
      answer.get();
    }
    threads.shutdown();
  }

  private RunFacts facts() {
    List<RunFacts> facts = index.facts(System.nanoTime());
    assertThat(facts).hasSize(1);
    return facts.get(0);
  }

  private RunInfo only() {
    List<RunInfo> runs = index.runs(System.nanoTime());
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  private List<String> places() {
    return index.runs(System.nanoTime()).stream().map(RunInfo::directory).toList();
  }
}
