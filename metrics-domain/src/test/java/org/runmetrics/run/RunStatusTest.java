package org.runmetrics.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.run.index.StorageFolder;
import org.runmetrics.run.index.StorageRoot;

/** A run whose process was killed says for ever that it is running. */
@Timeout(60)
class RunStatusTest {
  private static final Host HERE = new Host("here");

  @TempDir Path root;
  private Path directory;
  private Process training;

  @BeforeEach
  void aRunAndItsProcess() throws IOException {
    directory = new StorageFolder(root).run("runs/a");
    write("status.json", "{\"status\": \"running\"}");
    training = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() {
    training.destroyForcibly();
  }

  @Test
  void a_run_is_running_while_its_process_is_there() throws Exception {
    write("meta.json", meta("here", training.pid(), now()));
    assertThat(status().isRunning()).isTrue();
    assertThat(status().exitReason()).isEmpty();
    assertThat(info().lastEventAgeSeconds(Instant.now())).isEmpty();

    kill();
    assertThat(status().isRunning()).isFalse();
    assertThat(status().status()).isEqualTo("failed");
    assertThat(status().exitReason()).contains("process_not_found");
    assertThat(info().status()).isEqualTo(status());
  }

  @Test
  void nothing_is_written_of_it() throws Exception {
    write("meta.json", meta("here", training.pid(), now()));
    kill();
    Map<Path, String> before = contents();
    assertThat(status().status()).isEqualTo("failed");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void of_a_process_elsewhere_nothing_is_known() throws Exception {
    write("meta.json", meta("elsewhere", training.pid(), now()));
    kill();
    assertThat(status().isRunning()).isTrue();
    assertThat(info(new Host("")).status().isRunning()).isTrue();
    assertThat(info(new Host("ELSEWHERE")).status().isRunning()).isFalse();
  }

  @Test
  void a_number_that_another_process_has_now_is_not_its_process() throws IOException {
    write("meta.json", meta("here", training.pid(), now() - 3_600));
    assertThat(status().exitReason()).contains("process_not_found");
  }

  @Test
  void a_run_that_was_taken_up_again_is_older_than_its_process() throws IOException {
    write("meta.json", meta("here", training.pid(), now() - 3_600));
    write("status.json", "{\"status\": \"running\", \"started_at\": " + now() + "}");
    assertThat(status().isRunning()).isTrue();
  }

  @Test
  void a_process_that_ended_is_gone_though_its_parent_never_asked() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
    try {
      long child = Long.parseLong(parent.inputReader().readLine());
      write("meta.json", meta("here", child, now()));
      while (status().isRunning()) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(Path.of("/proc", Long.toString(child))).exists();
    } finally {
      parent.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "4194305", "9223372036854775807"})
  void a_number_that_no_process_has_is_gone(String pid) throws IOException {
    write("meta.json", "{\"hostname\": \"here\", \"pid\": " + pid + "}");
    assertThat(status().status()).isEqualTo("failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hostname\": \"here\"}",
        "{\"pid\": 4194305}",
        "{\"hostname\": [\"here\"], \"pid\": 4194305}",
        "{\"hostname\": \"here\", \"pid\": \"4194305\"}",
        "{damaged",
      })
  void without_a_host_and_a_number_nothing_is_known(String meta) throws IOException {
    write("meta.json", meta);
    assertThat(status().isRunning()).isTrue();
  }

  @Test
  void only_a_running_run_needs_its_process() throws IOException {
    write("meta.json", "{\"hostname\": \"here\", \"pid\": 4194305}");
    write("status.json", "{\"status\": \"finished\", \"exit_reason\": \"done\"}");
    assertThat(status().status()).isEqualTo("finished");
    assertThat(status().exitReason()).contains("done");
  }

  @Test
  void how_long_a_run_elsewhere_is_silent_is_told() throws IOException {
    write("meta.json", meta("elsewhere", 1, now()));
    Instant now = Instant.ofEpochSecond(2_000_000_000);
    assertThat(info().lastEventAgeSeconds(now)).isEmpty();

    write("logs.txt", "line\n");
    Files.setLastModifiedTime(directory.resolve("logs.txt"), FileTime.from(now.minusSeconds(30)));
    assertThat(info().lastEventAgeSeconds(now)).hasValue(30);

    write("events.jsonl", "{}\n");
    Files.setLastModifiedTime(
        directory.resolve("events.jsonl"), FileTime.from(now.minusMillis(90_700)));
    assertThat(info().lastEventAgeSeconds(now)).hasValue(90);

    Files.setLastModifiedTime(directory.resolve("events.jsonl"), FileTime.from(now.plusSeconds(5)));
    assertThat(info().lastEventAgeSeconds(now)).hasValue(0);

    write("status.json", "{\"status\": \"finished\"}");
    assertThat(info().lastEventAgeSeconds(now)).isEmpty();
  }

  @Test
  void this_machine_has_the_name_that_python_tells() throws Exception {
    Process name = new ProcessBuilder("uname", "-n").start();
    assertThat(Host.own().name()).isEqualTo(name.inputReader().readLine());
  }

  private void kill() throws InterruptedException {
    training.destroyForcibly().waitFor();
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private static String meta(String host, long pid, double created) {
    return "{\"hostname\": \"%s\", \"pid\": %d, \"created_at\": %s}".formatted(host, pid, created);
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        contents.put(file, Files.getLastModifiedTime(file) + Files.readString(file));
      }
    }
    return contents;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private RunStatus status() {
    return RunStatus.of(info(HERE).run());
  }

  private RunInfo info() {
    return info(HERE);
  }

  private RunInfo info(Host host) {
    return RunInfo.of(new StorageRoot(root, host).scan().get(0));
  }
}
