package org.runmetrics.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileEventsTest {
  private static final Duration NO_POLL = Duration.ofHours(1);

  @TempDir Path directory;

  @Test
  void a_change_wakes_whoever_watches_the_file_and_nobody_else() throws Exception {
    FileEvents events = new FileEvents(NO_POLL);
    Semaphore woken = new Semaphore(0);
    Semaphore other = new Semaphore(0);
    FileEvents.Watch watch = events.watch(directory.resolve("a"), woken::release);
    FileEvents.Watch otherWatch = events.watch(directory.resolve("b"), other::release);
    assertThat(events.directories()).isEqualTo(1);
    Files.writeString(directory.resolve("c"), "c");
    Files.writeString(directory.resolve("a"), "a");
    assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(other.availablePermits()).isZero();
    watch.close();
    assertThat(events.directories()).isEqualTo(1);
    otherWatch.close();
    assertThat(events.directories()).isZero();
  }

  @Test
  void without_events_the_poll_wakes() throws Exception {
    FileEvents events = new FileEvents(Duration.ofMillis(1));
    CountDownLatch woken = new CountDownLatch(3);
    FileEvents.Watch watch = events.watch(directory.resolve("missing/file"), woken::countDown);
    assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
    watch.close();
  }

  @Test
  void who_watches_two_files_is_woken_once_for_both() throws Exception {
    FileEvents events = new FileEvents(Duration.ofMillis(1));
    BlockingQueue<String> woken = new LinkedBlockingQueue<>();
    Runnable both = () -> woken.add("both");
    List<FileEvents.Watch> watches =
        List.of(
            events.watch(directory.resolve("a"), both),
            events.watch(directory.resolve("b"), both),
            events.watch(directory.resolve("c"), () -> woken.add("other")));
    // The first poll may come before all are watched.
    for (String last = ""; !"other".equals(last); ) {
      last = woken.poll(20, TimeUnit.SECONDS);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(woken.poll(20, TimeUnit.SECONDS)).isEqualTo("both");
      assertThat(woken.poll(20, TimeUnit.SECONDS)).isEqualTo("other");
    }
    watches.forEach(FileEvents.Watch::close);
  }

  @Test
  void a_directory_that_comes_later_is_watched_then() throws Exception {
    FileEvents events = new FileEvents(Duration.ofMillis(1));
    Path file = directory.resolve("later/file");
    CountDownLatch seen = new CountDownLatch(1);
    Runnable look =
        () -> {
          if (Files.exists(file)) {
            seen.countDown();
          }
        };
    FileEvents.Watch watch = events.watch(file, look);
    Files.createDirectory(directory.resolve("later"));
    Files.createFile(file);
    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
    watch.close();
  }

  @Test
  void a_watcher_that_fails_does_not_end_the_events_of_others() throws Exception {
    FileEvents events = new FileEvents(Duration.ofMillis(1));
    Semaphore woken = new Semaphore(0);
    Semaphore failures = new Semaphore(1);
    Runnable fail =
        () -> {
          if (failures.tryAcquire()) {
            throw new OutOfMemoryError("expected by the test");
          }
          woken.release();
        };
    FileEvents.Watch failing = events.watch(directory.resolve("a"), fail);
    FileEvents.Watch watch = events.watch(directory.resolve("b"), woken::release);
    assertThat(woken.tryAcquire(6, 20, TimeUnit.SECONDS)).isTrue();
    failing.close();
    watch.close();
  }

  @Test
  void the_thread_ends_with_the_last_watch_and_comes_back_with_the_next() throws Exception {
    FileEvents events = new FileEvents(Duration.ofMillis(1));
    for (int i = 0; i < 200; i++) {
      BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
      FileEvents.Watch watch =
          events.watch(directory.resolve("a"), () -> threads.add(Thread.currentThread()));
      Thread thread = threads.poll(20, TimeUnit.SECONDS);
      watch.close();
      assertThat(thread).isNotNull();
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
