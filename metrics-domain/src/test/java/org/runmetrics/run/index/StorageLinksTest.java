package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.RunDirectory;

/** Symbolic links in a storage root. */
class StorageLinksTest {
  @TempDir Path temporary;
  private Path root;
  private Path elsewhere;
  private StorageFolder storage;
  private StorageFolder outside;

  @BeforeEach
  void aStorageAndSomethingElse() throws IOException {
    root = Files.createDirectory(temporary.resolve("storage"));
    elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    storage = new StorageFolder(root);
    outside = new StorageFolder(elsewhere);
  }

  @Test
  void the_root_may_be_a_link() throws IOException {
    outside.run("runs/a");
    StorageFolder linked = new StorageFolder(storage.link("link", elsewhere));
    assertThat(linked.places()).containsExactly("runs/a");
    assertThat(new StorageRoot(linked.path()).isReadable()).isTrue();
    assertThat(linked.only().root()).isEqualTo(elsewhere.toRealPath());
  }

  @Test
  void links_inside_the_root_are_followed() throws IOException {
    storage.run("archive/group/a");
    storage.run("archive/b");
    storage.link("runs/linked", storage.resolve("archive/group"));
    storage.link("runs/c", storage.resolve("archive/b"));
    assertThat(storage.places()).containsExactly("runs/c", "runs/linked/a");
  }

  @Test
  void the_folder_of_runs_may_be_a_link_inside_the_root() throws IOException {
    storage.run("archive/a");
    storage.link("runs", storage.resolve("archive"));
    storage.link("project/name/runs", storage.directory("other"));
    storage.run("other/b");
    assertThat(storage.places()).containsExactly("runs/a", "project/name/runs/b");
  }

  @Test
  void links_that_lead_outside_are_not_followed() throws IOException {
    outside.run("a");
    outside.run("name/runs/b");
    storage.link("runs/group", elsewhere);
    storage.link("runs/a", outside.resolve("a"));
    storage.link("runs/relative", root.resolve("runs").relativize(elsewhere));
    storage.link("project", elsewhere);
    storage.link("other/name", outside.resolve("name"));
    storage.link("third/name/runs/b", outside.resolve("name/runs/b"));
    assertThat(storage.scan()).isEmpty();
  }

  @Test
  void a_folder_of_runs_that_leads_outside_is_not_followed() throws IOException {
    outside.run("a");
    storage.link("runs", elsewhere);
    storage.link("project/name/runs", elsewhere);
    assertThat(storage.scan()).isEmpty();
  }

  @Test
  void a_link_that_leads_nowhere_is_passed_over() throws IOException {
    storage.run("runs/a");
    storage.link("runs/b", root.resolve("missing"));
    storage.link("runs/c", Path.of("c"));
    storage.link("runs/d", storage.resolve("runs/a/meta.json"));
    assertThat(storage.places()).containsExactly("runs/a");
  }

  @Test
  void a_link_back_up_is_not_followed() throws IOException {
    storage.run("runs/group/run");
    storage.link("runs/group/a", root);
    storage.link("runs/group/b", root.resolve("runs"));
    storage.link("runs/group/c", root.resolve("runs/group"));
    storage.link("runs/group/d", Path.of("."));
    storage.link("runs/group/e", Path.of(".."));
    assertThat(storage.places()).containsExactly("runs/group/run");
  }

  @Test
  void links_in_a_circle_end() throws IOException {
    storage.run("runs/a/1");
    storage.run("runs/b/2");
    storage.link("runs/a/to-b", storage.resolve("runs/b"));
    storage.link("runs/b/to-a", storage.resolve("runs/a"));
    assertThat(storage.scan())
        .extracting(run -> run.id().value())
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void what_links_into_each_part_of_a_deep_folder_lead_to_is_entered_once() throws IOException {
    StringBuilder deep = new StringBuilder("runs/z");
    for (int depth = 0; depth < 200; depth++) {
      storage.directory(deep.toString());
      storage.link("runs/to" + depth, storage.resolve(deep.toString()));
      deep.append("/d");
    }
    storage.run(deep + "/run");
    StorageRoot storageRoot = new StorageRoot(root);
    assertThat(storageRoot.scan()).hasSize(1);
    // The folders themselves, after one link again, each link, and the two that hold all.
    assertThat(storageRoot.listing(directory -> false).directories()).hasSizeLessThan(3 * 200 + 10);
  }

  @Test
  void where_runs_are_confined_a_link_that_took_the_place_of_one_is_not_followed()
      throws IOException {
    Path mine = storage.run("runs/u/mine");
    Files.writeString(mine.resolve("events.jsonl"), "own");
    Path secret = storage.run("runs/v/secret");
    Files.writeString(secret.resolve("events.jsonl"), "others");
    RegularFile events =
        new StorageRoot(root)
            .confined().scan().stream()
                .filter(run -> run.id().value().equals("mine"))
                .flatMap(run -> run.events().stream())
                .findFirst()
                .orElseThrow();

    Files.move(mine, storage.resolve("runs/u/moved"));
    storage.link("runs/u/mine", secret);

    assertThat(events.stamp().size()).isEqualTo(6);
    assertThatThrownBy(events::open).isInstanceOf(IOException.class);
  }

  /** Followed on every path, these links would take longer than anyone waits. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_link_is_followed_once_however_many_paths_lead_to_it() throws IOException {
    for (int from = 0; from < 9; from++) {
      storage.run("runs/" + from + "/run" + from);
      for (int to = 0; to < 9; to++) {
        storage.link("runs/" + from + "/to" + to, storage.resolve("runs/" + to));
      }
    }
    assertThat(storage.scan()).hasSize(9);
  }

  @Test
  void a_run_found_on_two_paths_is_listed_once() throws IOException {
    storage.run("runs/a/run");
    storage.link("runs/b", storage.resolve("runs/a"));
    assertThat(storage.places()).containsExactly("runs/a/run");
  }

  @Test
  void files_may_be_links_inside_the_root() throws IOException {
    Path run = storage.run("runs/a");
    Path target = Files.createFile(storage.resolve("events"));
    storage.link("runs/a/events.jsonl", target);
    assertThat(storage.only().events().map(RegularFile::path)).contains(target.toRealPath());
    assertThat(run.resolve("events.jsonl")).isSymbolicLink();
  }

  @Test
  void a_run_lies_where_links_lead_to_whatever_way_it_was_found() throws IOException {
    storage.run("runs/team-b/lr/r1");
    storage.link("runs/team-a/link", storage.resolve("runs/team-b"));
    storage.run("project/name/runs/r2");
    storage.run("elsewhere/r3");
    storage.link("runs/team-a/r3", storage.resolve("elsewhere/r3"));
    assertThat(new StorageRoot(storage.resolve("")).scan())
        .extracting(RunDirectory::relative, RunDirectory::location)
        .containsExactly(
            tuple("runs/team-a/link/lr/r1", "team-b/lr/r1"),
            tuple("runs/team-a/r3", "/elsewhere/r3"),
            tuple("project/name/runs/r2", "/project/name/runs/r2"));
    assertThat(new StorageRoot(storage.resolve("")).confined().scan())
        .extracting(RunDirectory::relative, RunDirectory::group)
        .containsExactly(
            tuple("runs/team-b/lr/r1", "team-b/lr"),
            tuple("elsewhere/r3", "elsewhere"),
            tuple("project/name/runs/r2", "project/name"));
  }

  @Test
  void where_the_folder_of_runs_is_a_link_runs_lie_in_what_it_leads_to() throws IOException {
    storage.run("archive/team-a/r1");
    storage.link("runs", storage.resolve("archive"));
    assertThat(storage.only().location()).isEqualTo("/archive/team-a/r1");
  }

  @Test
  void files_of_a_confined_run_lie_in_its_own_directory() throws IOException {
    Path other = storage.run("runs/b/r2");
    Path events = Files.writeString(other.resolve("events.jsonl"), "{}\n");
    Path run = storage.run("runs/a/r1");
    storage.link("runs/a/r1/events.jsonl", events);
    storage.link("runs/a/r1/inside", Files.createDirectory(run.resolve("logs")));
    Path log = Files.createFile(run.resolve("logs/one"));
    storage.link("runs/a/r1/logs.txt", log);
    StorageRoot root = new StorageRoot(storage.resolve(""));
    assertThat(root.scan().get(0).events()).isPresent();
    RunDirectory confined = root.confined().scan().get(0);
    assertThat(confined.events()).isEmpty();
    assertThat(confined.log().map(RegularFile::path)).contains(log.toRealPath());
    assertThat(confined.isRun()).isTrue();
  }
}
