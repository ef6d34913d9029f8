package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;

class RunCatalogTest {
  @TempDir Path temporary;
  private Path root;
  private StorageFolder storage;
  private RunCatalog catalog;

  @BeforeEach
  void aCatalog() throws IOException {
    root = Files.createDirectory(temporary.resolve("storage"));
    storage = new StorageFolder(root);
    catalog = new RunCatalog(new StorageRoot(root));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void a_run_is_found_by_its_id() throws IOException {
    storage.run("runs/group/a");
    storage.run("runs/b");
    assertThat(catalog.find("a"))
        .get()
        .extracting(RunDirectory::relative)
        .isEqualTo("runs/group/a");
    assertThat(catalog.find("b")).get().extracting(RunDirectory::relative).isEqualTo("runs/b");
    assertThat(catalog.find("c")).isEmpty();
    assertThat(catalog.find("group")).isEmpty();
  }

  @Test
  void a_run_beyond_ascii_is_found() throws IOException {
    storage.run("runs/小型 démo ✓");
    assertThat(catalog.find("小型 démo ✓")).isPresent();
  }

  @Test
  void a_run_is_found_as_soon_as_it_is_there() throws IOException {
    assertThat(catalog.find("a")).isEmpty();
    storage.run("runs/a");
    assertThat(catalog.find("a")).isPresent();
  }

  @Test
  void a_run_that_was_deleted_is_no_longer_found() throws IOException {
    Path run = storage.run("runs/group/a");
    assertThat(catalog.find("a")).isPresent();
    StorageFolder.delete(run);
    assertThat(catalog.find("a")).isEmpty();
    Files.delete(run.resolve(".deleted"));
    assertThat(catalog.find("a")).isPresent();
  }

  @Test
  void a_run_that_moved_is_found_where_it_is_now() throws IOException {
    Path run = storage.run("runs/a");
    assertThat(catalog.find("a")).isPresent();
    Files.move(run, storage.directory("runs/group").resolve("a"));
    assertThat(catalog.find("a")).get().extracting(RunDirectory::group).isEqualTo("group");
  }

  @Test
  void a_run_that_became_a_link_outside_is_no_longer_found() throws IOException {
    Path run = storage.run("runs/a");
    assertThat(catalog.find("a")).isPresent();
    Files.move(run, root.resolve("moved"));
    storage.link("runs/a", new StorageFolder(temporary.resolve("elsewhere")).run("secret"));
    assertThat(catalog.find("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../a",
        "../runs/a",
        "./a",
        "a/",
        "/a",
        "group/a",
        "runs/a",
        "a/.",
        "a\\",
        "..\\runs\\a",
        "a\0",
        "\0",
        "%2e%2e/runs/a",
        "..%2fruns%2fa",
        "%61",
        "a%00",
        "A",
        "a "
      })
  void an_id_is_a_name_and_no_path(String id) throws IOException {
    storage.run("runs/a");
    storage.run("runs/group/a");
    Files.createFile(root.resolve("meta.json"));
    new StorageFolder(temporary).run("a");
    assertThat(catalog.find("a")).isPresent();
    assertThat(catalog.find(id)).isEmpty();
  }

  @Test
  void an_absolute_path_is_no_id() throws IOException {
    Path run = storage.run("runs/a");
    assertThat(catalog.find(run.toString())).isEmpty();
  }

  @Test
  void all_runs_are_listed_as_they_are_now() throws IOException {
    Path run = storage.run("runs/a");
    storage.run("runs/b");
    assertThat(catalog.runs()).hasSize(2);
    StorageFolder.delete(run);
    assertThat(catalog.runs()).extracting(RunInfo::directory).containsExactly("runs/b");
  }

  @Test
  void a_root_that_is_gone_has_no_runs() throws IOException {
    try (RunCatalog missing = new RunCatalog(new StorageRoot(root.resolve("missing")))) {
      assertThat(missing.isReadable()).isFalse();
      assertThat(missing.runs()).isEmpty();
      assertThat(missing.find("a")).isEmpty();
    }
    assertThat(catalog.isReadable()).isTrue();
  }
}
