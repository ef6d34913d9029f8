package org.runmetrics.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path root;

  @Test
  void files_are_found_by_their_names() throws IOException {
    Path directory = new StorageFolder(root).run("runs/a").toRealPath();
    RunDirectory run = new StorageFolder(root).only();
    assertThat(run.meta()).contains(directory.resolve("meta.json"));
    assertThat(run.events()).isEmpty();
    assertThat(run.log()).isEmpty();
    assertThat(run.logName()).isEqualTo(directory.resolve("logs.txt"));

    for (String name : new String[] {"events.jsonl", "logs.txt", "status.json", "summary.json"}) {
      Files.createFile(directory.resolve(name));
    }
    assertThat(run.events()).contains(directory.resolve("events.jsonl"));
    assertThat(run.log()).contains(directory.resolve("logs.txt"));
    assertThat(run.status()).contains(directory.resolve("status.json"));
    assertThat(run.summary()).contains(directory.resolve("summary.json"));
  }

  @Test
  void a_directory_is_no_file() throws IOException {
    StorageFolder storage = new StorageFolder(root);
    storage.directory("runs/a/events.jsonl");
    storage.directory("runs/a/logs.txt");
    storage.directory("runs/a/meta.json");
    RunDirectory run = storage.only();
    assertThat(run.events()).isEmpty();
    assertThat(run.log()).isEmpty();
    assertThat(run.meta()).isEmpty();
    assertThat(RunInfo.of(run).status().status()).isEqualTo("unknown");
  }

  @Test
  void it_is_a_run_until_it_is_deleted() throws IOException {
    StorageFolder storage = new StorageFolder(root);
    Path directory = storage.run("runs/group/a");
    RunDirectory run = storage.only();
    assertThat(run.isRun()).isTrue();

    StorageFolder.delete(directory);
    assertThat(run.isRun()).isFalse();
    Files.delete(directory.resolve(".deleted"));
    assertThat(run.isRun()).isTrue();
  }

  @Test
  void a_directory_that_lost_its_files_is_no_run() throws IOException {
    Path directory = new StorageFolder(root).run("runs/a");
    RunDirectory run = new StorageFolder(root).only();
    Files.delete(directory.resolve("meta.json"));
    assertThat(run.isRun()).isFalse();
  }
}
