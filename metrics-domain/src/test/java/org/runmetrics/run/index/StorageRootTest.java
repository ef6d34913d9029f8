package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.run.RunDirectory;

class StorageRootTest {
  @TempDir Path root;
  private StorageFolder storage;

  @BeforeEach
  void aStorage() {
    storage = new StorageFolder(root);
  }

  @Test
  void a_run_lies_under_runs_with_or_without_groups() throws IOException {
    storage.run("runs/a");
    storage.run("runs/vision/b");
    storage.run("runs/vision/small/deep/deeper/c");
    assertThat(storage.scan())
        .extracting(run -> run.id().value(), RunDirectory::group, RunDirectory::relative)
        .containsExactly(
            tuple("a", "", "runs/a"),
            tuple("b", "vision", "runs/vision/b"),
            tuple("c", "vision/small/deep/deeper", "runs/vision/small/deep/deeper/c"));
  }

  @Test
  void a_run_may_lie_under_a_project_and_a_name() throws IOException {
    storage.run("project/name/runs/a");
    RunDirectory run = storage.only();
    assertThat(run.group()).isEqualTo("project/name");
    assertThat(run.relative()).isEqualTo("project/name/runs/a");
    assertThat(run.path()).isEqualTo(root.toRealPath().resolve("project/name/runs/a"));
  }

  @Test
  void no_run_lies_anywhere_else() throws IOException {
    storage.run("a");
    storage.run("project/b");
    storage.run("project/runs/c");
    storage.run("project/name/d");
    storage.run("project/name/runs/group/e");
    storage.run("project/name/more/runs/f");
    assertThat(storage.scan()).isEmpty();
  }

  @Test
  void a_run_may_lie_deeper_than_a_small_stack_reaches() throws Exception {
    storage.run("runs" + "/d".repeat(1900) + "/run");
    AtomicReference<List<String>> found = new AtomicReference<>(List.of());
    Thread thread = new Thread(null, () -> found.set(storage.places()), "small stack", 256 << 10);
    thread.start();
    thread.join();
    assertThat(found.get()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"meta.json", "status.json", "events.jsonl"})
  void any_of_three_files_makes_a_run(String name) throws IOException {
    Files.createFile(storage.directory("runs/a").resolve(name));
    Files.createFile(storage.directory("project/name/runs/b").resolve(name));
    assertThat(storage.places()).containsExactly("runs/a", "project/name/runs/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs.txt", "summary.json", "assets.json", "META.JSON"})
  void other_files_make_no_run(String name) throws IOException {
    Files.createFile(storage.directory("runs/a").resolve(name));
    assertThat(storage.scan()).isEmpty();
  }

  @Test
  void nothing_below_a_run_is_searched() throws IOException {
    storage.run("runs/a");
    storage.run("runs/a/media/b");
    storage.run("runs/a/runs/e");
    storage.run("project/name/runs/c");
    storage.run("project/name/runs/c/d");
    assertThat(storage.places()).containsExactly("runs/a", "project/name/runs/c");
  }

  @Test
  void a_deleted_run_is_none_and_hides_what_is_below_it() throws IOException {
    StorageFolder.delete(storage.run("runs/a"));
    storage.run("runs/a/b");
    StorageFolder.delete(storage.run("project/name/runs/c"));
    storage.run("runs/kept");
    assertThat(storage.places()).containsExactly("runs/kept");
  }

  @Test
  void of_runs_with_the_same_id_the_first_path_counts() throws IOException {
    storage.run("runs/b/same");
    storage.run("runs/a/same");
    storage.run("project/name/runs/same");
    assertThat(storage.places()).containsExactly("runs/a/same");
  }

  @Test
  void runs_come_in_the_order_of_their_paths() throws IOException {
    for (String id : List.of("c", "a", "d", "b")) {
      storage.run("runs/" + id);
    }
    storage.run("runs/bb/x");
    assertThat(storage.places())
        .containsExactly("runs/a", "runs/b", "runs/bb/x", "runs/c", "runs/d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with blank", " ", "小型 démo ✓", "🎉", "a%2Fb", "a+b", "runs", "..."})
  void any_segment_is_an_id(String id) throws IOException {
    storage.run("runs/größe " + id + "/" + id);
    RunDirectory run = storage.only();
    assertThat(run.id().value()).isEqualTo(id);
    assertThat(run.group()).isEqualTo("größe " + id);
    assertThat(run.relative()).isEqualTo("runs/größe " + id + "/" + id);
  }

  @Test
  void a_directory_whose_name_is_no_id_spoils_no_other() throws IOException {
    storage.run("runs/back\\slash");
    storage.run("runs/good");
    assertThat(storage.places()).containsExactly("runs/good");
  }

  @Test
  void files_between_the_directories_do_not_matter() throws IOException {
    storage.run("runs/a");
    Files.createFile(storage.resolve("runs/b"));
    Files.createFile(storage.resolve("project"));
    assertThat(storage.places()).containsExactly("runs/a");
  }

  @Test
  void a_root_that_is_missing_has_no_runs_until_it_is_there() throws IOException {
    StorageFolder later = new StorageFolder(root.resolve("later"));
    StorageRoot storageRoot = new StorageRoot(later.path());
    assertThat(storageRoot.isReadable()).isFalse();
    assertThat(storageRoot.scan()).isEmpty();
    later.run("runs/a");
    assertThat(storageRoot.isReadable()).isTrue();
    assertThat(storageRoot.scan()).hasSize(1);
  }

  @Test
  void a_root_that_is_a_file_has_no_runs() throws IOException {
    StorageRoot storageRoot = new StorageRoot(Files.createFile(root.resolve("file")));
    assertThat(storageRoot.isReadable()).isFalse();
    assertThat(storageRoot.scan()).isEmpty();
  }

  @Test
  void a_directory_that_cannot_be_read_is_passed_over() throws IOException {
    storage.run("runs/a/x");
    storage.run("runs/b/y");
    Path closed = storage.resolve("runs/a");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(closed)).as("root may read anything").isFalse();
      assertThat(storage.places()).containsExactly("runs/b/y");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
