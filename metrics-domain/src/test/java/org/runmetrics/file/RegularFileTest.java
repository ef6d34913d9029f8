package org.runmetrics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever takes the place of a file that was found, nothing else is read. */
class RegularFileTest {
  @TempDir Path temporary;
  private Path root;
  private Path run;
  private Path outside;
  private RegularFile file;

  @BeforeEach
  void aFileInAFolderAndAnotherOutside() throws IOException {
    Path folder = temporary.toRealPath();
    root = Files.createDirectories(folder.resolve("storage"));
    run = Files.createDirectories(root.resolve("runs/group/run"));
    Files.writeString(run.resolve("events.jsonl"), "own");
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("events.jsonl"), "secret");
    file = RegularFile.find(root, root, run.resolve("events.jsonl")).orElseThrow();
  }

  private String read() throws IOException {
    try (OpenFile open = file.open()) {
      return new String(open.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_file_is_opened_with_its_stamp() throws IOException {
    assertThat(read()).isEqualTo("own");
    try (OpenFile open = file.open()) {
      assertThat(open.stamp()).isEqualTo(file.stamp());
    }
  }

  @Test
  void a_file_right_in_the_folder_is_opened() throws IOException {
    file = RegularFile.find(run, run, "events.jsonl").orElseThrow();
    assertThat(read()).isEqualTo("own");
  }

  @Test
  void a_link_inside_of_the_folder_leads_to_its_file() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), run.resolve("events.jsonl"));
    file = RegularFile.find(root, root, link).orElseThrow();
    assertThat(read()).isEqualTo("own");
  }

  @Test
  void no_name_leads_outside() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("events.jsonl"));
    for (String name : new String[] {"link", "../outside/events.jsonl", "runs", "none", "\0", ""}) {
      assertThat(RegularFile.find(root, root, name)).as(name).isEmpty();
    }
  }

  @Test
  void a_link_that_took_the_place_of_the_file_is_not_followed() throws IOException {
    Files.delete(file.path());
    Files.createSymbolicLink(file.path(), outside.resolve("events.jsonl"));
    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
  }

  @Test
  void a_link_that_took_the_place_of_a_folder_above_is_not_followed() throws IOException {
    Files.move(root.resolve("runs/group"), root.resolve("moved"));
    Files.createDirectories(outside.resolve("run"));
    Files.copy(outside.resolve("events.jsonl"), outside.resolve("run/events.jsonl"));
    Files.createSymbolicLink(root.resolve("runs/group"), outside);
    assertThat(file.stamp().size()).isEqualTo(6);
    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
  }

  @Test
  void a_file_that_is_gone_is_told_as_such() throws IOException {
    Files.delete(file.path());
    assertThatThrownBy(this::read).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_pipe_that_took_its_place_is_not_waited_for() throws Exception {
    Files.delete(file.path());
    new ProcessBuilder("mkfifo", file.path().toString()).inheritIO().start().waitFor();
    assertThatThrownBy(this::read).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_pipe_that_took_the_place_of_its_folder_is_not_waited_for() throws Exception {
    Files.move(run, root.resolve("moved"));
    new ProcessBuilder("mkfifo", run.toString()).inheritIO().start().waitFor();
    assertThatThrownBy(this::read).isInstanceOf(NotDirectoryException.class);
  }

  /** Looked at by its path before and after, the other file was read now and then. */
  @Test
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_folder_that_is_swapped_for_a_link_all_the_time_shows_nothing_else() throws Exception {
    Path aside = root.resolve("aside");
    AtomicBoolean ended = new AtomicBoolean();
    Thread swaps = new Thread(() -> swap(aside, ended));
    swaps.start();
    int found = 0;
    int missing = 0;
    try {
      // As long as it takes for both to be seen, and then some.
      for (int attempt = 0; attempt < 2_000 || found == 0 || missing == 0; attempt++) {
        try {
          assertThat(read()).isEqualTo("own");
          found++;
        } catch (IOException swapped) {
          missing++;
        }
      }
    } finally {
      ended.set(true);
      swaps.join();
    }
  }

  private void swap(Path aside, AtomicBoolean ended) {
    try {
      while (!ended.get()) {
        Files.move(run, aside);
        Files.createSymbolicLink(run, outside);
        Files.delete(run);
        Files.move(aside, run, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
