package org.runmetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.push.Workers;
import org.runmetrics.run.Host;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;

@Timeout(60)
class LiveRunsTest {
  @TempDir Path root;
  private final Workers workers = new Workers(Thread::new);
  private final Semaphore woken = new Semaphore(0);
  private final List<String> heard = new ArrayList<>();

  @Test
  void runs_that_appear_change_and_go_are_told_and_no_others() throws Exception {
    status("old", "running");
    RunCatalog catalog = new RunCatalog(new StorageRoot(root));
    LiveRuns live = new LiveRuns(catalog, workers);
    Seat<List<RunInfo>, RunsChange> seat = live.join(woken::release);
    assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(seat.next()).isEmpty();

    status("new", "running");
    hear(seat, "new running");
    status("new", "finished");
    hear(seat, "new finished");
    Files.delete(root.resolve("runs/new/status.json"));
    Files.delete(root.resolve("runs/new"));
    hear(seat, "new removed");
    assertThat(heard).noneMatch(text -> text.startsWith("old"));

    assertThat(live.isListenedTo()).isTrue();
    seat.leave();
    assertThat(live.isListenedTo()).isFalse();
    catalog.close();
    workers.close();
  }

  @Test
  @Timeout(60)
  void a_run_whose_process_is_killed_is_told_though_no_file_changes() throws Exception {
    Process training = new ProcessBuilder("sleep", "600").start();
    status("killed", "running");
    Files.writeString(
        root.resolve("runs/killed/meta.json"),
        "{\"hostname\": \"here\", \"pid\": " + training.pid() + "}");
    RunCatalog catalog = new RunCatalog(new StorageRoot(root, new Host("here")));
    LiveRuns live = new LiveRuns(catalog, workers);
    Seat<List<RunInfo>, RunsChange> seat = live.join(woken::release);
    assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(seat.next()).isEmpty();

    training.destroyForcibly().waitFor();
    hear(seat, "killed failed");
    seat.leave();
    catalog.close();
    workers.close();
  }

  private void hear(Seat<List<RunInfo>, RunsChange> seat, String text) throws Exception {
    while (!heard.contains(text)) {
      assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      seat.next().ifPresent(this::note);
    }
  }

  private void note(RunsChange change) {
    change.told().forEach(run -> heard.add(run.id() + " " + run.status().status()));
    change.removed().forEach(run -> heard.add(run.id() + " removed"));
  }

  private void status(String id, String status) throws IOException {
    Path run = Files.createDirectories(root.resolve("runs").resolve(id));
    Files.writeString(run.resolve("status.json"), "{\"status\": \"" + status + "\"}");
  }
}
