package org.runmetrics.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.index.StorageFolder;

class RunDirectoryTest {
  @TempDir Path root;

  @Test
  void files_are_found_by_their_names() throws IOException {
    Path directory = new StorageFolder(root).run("runs/a").toRealPath();
    RunDirectory run = new StorageFolder(root).only();
    assertThat(run.events()).isEmpty();
    assertThat(run.log()).isEmpty();
    assertThat(run.logName()).isEqualTo(directory.resolve("logs.txt"));

    for (String name : new String[] {"events.jsonl", "logs.txt"}) {
      Files.createFile(directory.resolve(name));
    }
    assertThat(run.events().map(RegularFile::path)).contains(directory.resolve("events.jsonl"));
    assertThat(run.log().map(RegularFile::path)).contains(directory.resolve("logs.txt"));
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

  @Test
  void regular_files_are_counted_at_any_depth() throws IOException {
    StorageFolder storage = new StorageFolder(root);
    Path directory = storage.run("runs/a");
    RunDirectory run = storage.only();
    assertThat(run.files()).hasSize(1);

    storage.directory("runs/a/media/deep/empty");
    Files.createFile(directory.resolve("media/deep/image.png"));
    Files.createFile(directory.resolve(".hidden"));
    assertThat(run.files()).hasSize(3);
  }

  @Test
  void links_are_neither_followed_nor_counted() throws IOException {
    StorageFolder storage = new StorageFolder(root.resolve("storage"));
    Path outside = Files.createDirectory(root.resolve("outside"));
    Files.createFile(outside.resolve("secret"));
    storage.run("runs/a");
    storage.link("runs/a/out", outside);
    storage.link("runs/a/file", outside.resolve("secret"));
    storage.link("runs/a/circle", storage.resolve("runs"));
    storage.link("runs/a/nowhere", root.resolve("missing"));
    assertThat(storage.only().files()).hasSize(1);
  }

  @Test
  void a_run_that_is_a_link_inside_the_root_has_the_files_of_its_target() throws IOException {
    StorageFolder storage = new StorageFolder(root.resolve("storage"));
    Path target = storage.run("archive/b");
    storage.link("runs/a", target);
    RunDirectory run = storage.only();
    assertThat(run.files()).hasSize(1);

    Files.move(target, root.resolve("b"));
    assertThat(run.files()).isEmpty();
    storage.link("archive/b", root.resolve("b"));
    assertThat(run.files()).isEmpty();
  }

  @Test
  void listing_ends_at_a_limit() throws IOException {
    Path directory = new StorageFolder(root).run("runs/a");
    for (int i = 0; i < 5; i++) {
      Files.createFile(directory.resolve("file" + i));
    }
    assertThat(FileWalk.of(directory, 7)).hasSize(6);
    assertThat(FileWalk.of(directory, 6)).hasSize(6);
    assertThat(FileWalk.of(directory, 4)).hasSize(4);

    for (int i = 0; i < 5; i++) {
      Files.createDirectories(directory.resolve("group" + i + "/1/2/3/4"));
    }
    assertThat(FileWalk.of(directory, 100)).hasSize(6);
    assertThat(FileWalk.of(directory.resolve("group0"), 3)).isEmpty();
  }

  @Test
  void an_environment_is_a_file_inside_the_root() throws IOException {
    StorageFolder storage = new StorageFolder(root.resolve("storage"));
    Path directory = storage.run("runs/a");
    RunDirectory run = storage.only();
    assertThat(run.hasEnvironment()).isFalse();

    Path environment = directory.resolve("environment.json");
    Files.createSymbolicLink(environment, Files.createFile(root.resolve("outside.json")));
    assertThat(run.hasEnvironment()).isFalse();
    Files.delete(environment);
    Files.writeString(environment, "{}");
    assertThat(run.hasEnvironment()).isTrue();
  }

  @Test
  void files_that_lead_outside_are_missing() throws IOException {
    StorageFolder storage = new StorageFolder(root.resolve("storage"));
    Path secret = Files.writeString(root.resolve("secret"), "{\"status\": \"told\"}");
    for (String name :
        new String[] {"events.jsonl", "logs.txt", "meta.json", "status.json", "summary.json"}) {
      storage.link("runs/a/" + name, secret);
    }
    RunDirectory run = storage.only();
    assertThat(run.events()).isEmpty();
    assertThat(run.log()).isEmpty();
    assertThat(RunStatus.of(run).status()).isEqualTo("unknown");
  }

  @Test
  void a_directory_that_became_a_link_outside_shows_no_files() throws IOException {
    StorageFolder storage = new StorageFolder(root.resolve("storage"));
    Path directory = storage.run("runs/a");
    Files.writeString(directory.resolve("status.json"), "{\"status\": \"own\"}");
    RunDirectory run = storage.only();
    assertThat(RunStatus.of(run).status()).isEqualTo("own");

    Files.move(directory, root.resolve("moved"));
    storage.link("runs/a", root.resolve("moved"));
    assertThat(RunStatus.of(run).status()).isEqualTo("unknown");
    assertThat(run.isRun()).isFalse();
  }
}
