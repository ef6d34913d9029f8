package org.runmetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.push.Workers;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;

@Timeout(30)
class AwaitedRunsTest {
  @TempDir Path root;
  private final Workers workers = new Workers(Thread::new);
  private RunCatalog catalog;
  private AwaitedRuns awaited;

  @BeforeEach
  void start() {
    catalog = new RunCatalog(new StorageRoot(root));
    awaited = new AwaitedRuns(catalog, workers);
  }

  @AfterEach
  void stop() {
    awaited.close();
    workers.close();
    catalog.close();
  }

  @Test
  void who_waits_is_woken_when_the_run_is_there_and_no_sooner() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch there = new CountDownLatch(1);
    AwaitedRuns.Wait wait = awaited.await("late", run -> true, late::countDown);
    create("there");
    AwaitedRuns.Wait other = awaited.await("there", run -> true, there::countDown);
    there.await();
    assertThat(other.found().orElseThrow().id().value()).isEqualTo("there");
    assertThat(wait.found()).isEmpty();
    assertThat(late.getCount()).isOne();
    create("late");
    late.await();
    assertThat(wait.found().orElseThrow().id().value()).isEqualTo("late");
    assertThat(awaited.size()).isZero();
  }

  @Test
  void who_leaves_is_not_waited_for() {
    AwaitedRuns.Wait first = awaited.await("none", run -> true, () -> {});
    AwaitedRuns.Wait second = awaited.await("../none", run -> true, () -> {});
    first.leave();
    assertThat(awaited.size()).isOne();
    second.leave();
    second.leave();
    assertThat(awaited.size()).isZero();
  }

  private void create(String id) throws Exception {
    Path run = Files.createDirectories(root.resolve("runs").resolve(id));
    Files.writeString(run.resolve("events.jsonl"), "");
  }
}
