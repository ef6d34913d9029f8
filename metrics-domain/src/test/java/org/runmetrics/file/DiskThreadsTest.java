package org.runmetrics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiskThreadsTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path temporary;

  @Test
  void an_answer_is_handed_over() throws IOException {
    assertThat(DiskThreads.<String>ask(() -> "answer", late -> {})).isEqualTo("answer");
  }

  @Test
  void an_error_is_handed_over_as_it_is() {
    assertThatThrownBy(
            () ->
                DiskThreads.<String>ask(
                    () -> {
                      throw new NoSuchFileException("events");
                    },
                    late -> {}))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("events");
  }

  @Test
  void what_is_asked_within_a_question_takes_no_thread_of_its_own() throws IOException {
    boolean same =
        DiskThreads.ask(
            () -> {
              Thread outer = Thread.currentThread();
              return outer == DiskThreads.<Thread>ask(Thread::currentThread, late -> {});
            },
            late -> {});
    assertThat(same).isTrue();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_pipe_without_a_writer_is_given_up_and_closed_when_it_opens() throws Exception {
    Path pipe = temporary.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    CompletableFuture<SeekableByteChannel> opened = new CompletableFuture<>();

    assertThatThrownBy(
            () ->
                DiskThreads.ask(() -> Files.newByteChannel(pipe), opened::complete, () -> 0, SHORT))
        .isInstanceOf(SilentDiskException.class);

    Files.newByteChannel(pipe, StandardOpenOption.WRITE).close();
    opened.get().close();
  }

  @Test
  void who_asks_for_much_waits_as_long_as_there_is_progress() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<String> answer = new CompletableFuture<>();
    LongSupplier progress =
        () -> {
          if (asked.incrementAndGet() == 5) {
            answer.complete("all");
          }
          return asked.get();
        };
    assertThat(DiskThreads.<String>ask(answer::join, late -> {}, progress, SHORT)).isEqualTo("all");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void many_disks_that_do_not_answer_keep_no_more_than_some_threads() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    for (int question = 0; question < 70; question++) {
      assertThatThrownBy(() -> DiskThreads.<String>ask(answer::join, late -> {}, () -> 0, SHORT))
          .isInstanceOf(SilentDiskException.class);
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("runmetrics-disk")))
        .hasSizeLessThanOrEqualTo(64);

    answer.complete("late");
    assertThat(DiskThreads.<String>ask(() -> "next", late -> {})).isEqualTo("next");
  }
}
