package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.push.Workers;
import org.runmetrics.watch.FileEvents;

@Timeout(60)
class LogTailsTest {
  /** Too slow to help: what a test hears came by the operating system's events. */
  private static final Duration NO_POLL = Duration.ofHours(1);

  @TempDir Path root;
  private final FileEvents events = new FileEvents(NO_POLL);
  private final Workers workers = new Workers(Thread::new);
  private final LogTails tails = new LogTails(events, workers);
  private final HeardLines heard = new HeardLines();
  private WrittenLog log;

  @BeforeEach
  void aRun() throws IOException {
    log = new WrittenLog(root);
  }

  @AfterEach
  void close() {
    tails.close();
    workers.close();
  }

  @Test
  void a_line_is_heard_as_soon_as_it_is_complete() throws Exception {
    listen(heard);
    log.append("one\ntw");
    assertThat(heard.next()).isEqualTo("one");
    log.append("o\n");
    assertThat(heard.next()).isEqualTo("two");
  }

  @Test
  void who_joins_when_all_is_closed_leaves_no_watch_behind() {
    tails.close();
    assertThat(tails.join(new LogCursor(log.run()), heard)).isTrue();
    assertThat(tails.size()).isZero();
    assertThat(events.directories()).isZero();
  }

  @Test
  void a_cursor_that_is_behind_must_read_on_before_it_joins() throws Exception {
    listen(heard);
    LogCursor late = new LogCursor(log.run());
    log.append("one\n");
    assertThat(heard.next()).isEqualTo("one");

    HeardLines second = new HeardLines();
    assertThat(tails.join(late, second)).isFalse();
    assertThat(late.read().lines()).hasSize(1);
    assertThat(late.read().isEmpty()).isTrue();
    assertThat(tails.join(late, second)).isTrue();
    log.append("two\n");
    assertThat(second.next()).isEqualTo("two");
    assertThat(heard.next()).isEqualTo("two");
  }

  @Test
  void a_cursor_that_is_ahead_hears_only_what_it_has_not_read() throws Exception {
    LogTails unwoken = new LogTails(new FileEvents(NO_POLL), workers);
    log.append("zero\n");
    assertThat(unwoken.join(new LogCursor(log.run()), heard)).isTrue();
    assertThat(heard.next()).isEqualTo("zero");
    log.append("one\n");
    LogCursor ahead = new LogCursor(log.run());
    assertThat(ahead.read().lines()).hasSize(2);
    HeardLines second = new HeardLines();
    assertThat(unwoken.join(ahead, second)).isTrue();
    assertThat(heard.next()).isEqualTo("one");
    assertThat(second.isEmpty()).isTrue();
    log.append("two\n");
    LogCursor late = new LogCursor(log.run());
    while (!unwoken.join(late, new HeardLines())) {
      TimeUnit.MILLISECONDS.sleep(1);
      late.read();
    }
    assertThat(second.next()).isEqualTo("two");
    assertThat(second.isEmpty()).isTrue();
    unwoken.close();
  }

  @Test
  void the_first_log_of_a_run_is_heard_from_its_start() throws Exception {
    listen(heard);
    Path elsewhere = Files.writeString(root.resolve("new"), "one\ntwo\n");
    Files.move(elsewhere, log.path());
    assertThat(heard.next()).isEqualTo("one");
    assertThat(heard.next()).isEqualTo("two");
  }

  @Test
  void truncation_is_told_and_the_lines_after_it_are_heard() throws Exception {
    log.append("one\n");
    listen(heard);
    log.overwrite("");
    assertThat(heard.next()).isEqualTo(HeardLines.TRUNCATED);
    log.append("two\n");
    assertThat(heard.next()).isEqualTo("two");
  }

  @Test
  void rotation_deletion_and_another_file_in_its_place_go_unnoticed() throws Exception {
    log.append("one\n");
    listen(heard);
    log.rotate();
    log.append("two\n");
    assertThat(heard.next()).isEqualTo("two");
    log.delete();
    log.append("three\n");
    assertThat(heard.next()).isEqualTo("three");
    Path other = Files.writeString(log.path().resolveSibling("other"), "four\nfive\n");
    Files.move(other, log.path(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(heard.next()).isEqualTo("four");
    assertThat(heard.next()).isEqualTo("five");
  }

  @Test
  void a_listener_may_come_while_the_log_is_deleted() throws Exception {
    log.append("one\n");
    listen(heard);
    log.delete();
    HeardLines second = new HeardLines();
    LogCursor late = new LogCursor(log.run());
    while (!tails.join(late, second)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    log.append("two\n");
    assertThat(heard.next()).isEqualTo("two");
    assertThat(second.next()).isEqualTo("two");
  }

  @Test
  void all_listeners_hear_all_lines_in_order() throws Exception {
    List<HeardLines> listeners = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      listeners.add(new HeardLines());
      listen(listeners.get(i));
    }
    assertThat(tails.size()).isEqualTo(1);
    for (int i = 0; i < 200; i++) {
      log.append("line " + i + "\n");
    }
    for (HeardLines listener : listeners) {
      for (int i = 0; i < 200; i++) {
        assertThat(listener.next()).isEqualTo("line " + i);
      }
    }
  }

  @Test
  void the_tail_goes_with_its_last_listener() throws Exception {
    HeardLines second = new HeardLines();
    listen(heard);
    listen(second);
    tails.leave(log.run(), heard);
    assertThat(tails.size()).isEqualTo(1);
    tails.leave(log.run(), second);
    tails.leave(log.run(), second);
    assertThat(tails.size()).isZero();
    assertThat(events.directories()).isZero();

    log.append("one\n");
    HeardLines third = new HeardLines();
    listen(third);
    log.append("two\n");
    assertThat(third.next()).isEqualTo("two");
    assertThat(heard.isEmpty()).isTrue();
  }

  @Test
  void nothing_in_the_run_is_changed() throws Exception {
    log.append("one\n");
    var before = Files.getLastModifiedTime(log.path());
    listen(heard);
    tails.leave(log.run(), heard);
    assertThat(Files.getLastModifiedTime(log.path())).isEqualTo(before);
    try (var files = Files.list(log.run().path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("meta.json", "logs.txt");
    }
  }

  private void listen(HeardLines listener) throws IOException {
    LogCursor cursor = new LogCursor(log.run());
    do {
      while (!cursor.read().isEmpty()) {
        // Catches up.
      }
    } while (!tails.join(cursor, listener));
  }
}
