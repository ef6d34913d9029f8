package org.runmetrics.log.row;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.runmetrics.log.LogFile;
import org.runmetrics.log.LogLines;

/**
 * Where the rows of one log are: a mark for each 64 KiB or so.
 *
 * <p>It grows with the log. Of a log that was replaced, cut or written anew it forgets everything.
 * Threads extend it by turns. Safe for use by several threads.
 */
final class LogIndex {
  /** One turn. */
  private static final Duration SLICE = Duration.ofMillis(100);

  /** Beyond that every second mark is given up: a log of 1 GiB has as many. */
  private static final int MAX_MARKS = 16 << 10;

  /** What all marks may hold of unfinished bars. Where they hold more, marks are further apart. */
  private static final long MAX_HELD_CHARACTERS = 1 << 20;

  /** The first bytes of the file, which stay the same while it grows. */
  private static final int HEAD_BYTES = 64;

  private final long firstSpacing;

  /** Those that read take turns, in the order in which they came. */
  private final ReentrantLock turns = new ReentrantLock(true);

  /** Guarded by the turns, like all below. */
  private Optional<LogVersion> version = Optional.empty();

  private List<Mark> marks = new ArrayList<>(List.of(Mark.START));

  /** The place after the last complete line that was read. */
  private Mark last = Mark.START;

  private long spacing;
  private long held;
  private byte[] head = {};

  /** The bytes right in front of the last place: they tell a log that grew from one rewritten. */
  private byte[] anchor = {};

  /**
   * Knows nothing yet.
   *
   * @param spacing bytes between two marks, as long as there are not too many
   */
  LogIndex(long spacing) {
    this.firstSpacing = spacing;
    this.spacing = spacing;
  }

  /** Returns marks up to the end of a version of the log, and perhaps beyond it. */
  Marks marks(LogLines log, LogVersion wanted) throws IOException {
    Marks known = marks(log, wanted, SLICE);
    while (!known.complete()) {
      known = marks(log, wanted, SLICE);
    }
    return known;
  }

  /**
   * Returns as many marks as there are after some time at most.
   *
   * @param time for reading, after others that read have had theirs
   */
  Marks marks(LogLines log, LogVersion wanted, Duration time) throws IOException {
    turns.lock();
    try {
      if (!goesOn(log.file(), wanted)) {
        forget();
      }
      boolean complete =
          wanted.size() <= last.offset()
              || extend(log, wanted.size(), System.nanoTime() + time.toNanos());
      version = Optional.of(wanted);
      List<Mark> all = new ArrayList<>(marks);
      all.add(last);
      return new Marks(all, complete);
    } finally {
      turns.unlock();
    }
  }

  /** Returns whether what is known is known of this file and still true. */
  private boolean goesOn(LogFile file, LogVersion wanted) throws IOException {
    if (version.isEmpty()) {
      return false;
    }
    LogVersion known = version.get();
    FileTime same = known.size() == wanted.size() ? known.modified() : wanted.modified();
    return known.file().equals(wanted.file())
        && same.equals(wanted.modified())
        && file.channel().size() >= last.offset()
        && Arrays.equals(anchor, file.before(last.offset()))
        && Arrays.equals(head, file.bytes(0, head.length));
  }

  private void forget() {
    marks = new ArrayList<>(List.of(Mark.START));
    last = Mark.START;
    spacing = firstSpacing;
    held = 0;
    head = new byte[0];
    anchor = new byte[0];
  }

  /** Returns whether the limit was reached. */
  private boolean extend(LogLines log, long limit, long deadline) throws IOException {
    boolean complete = true;
    RowScan scan = new RowScan(log, last, limit);
    long next = marks.get(marks.size() - 1).offset() + spacing;
    while (scan.advance(next, RowTaker.NONE)) {
      next = add(scan);
      if (System.nanoTime() - deadline > 0) {
        complete = false;
        break;
      }
    }
    last = scan.mark();
    head = log.file().bytes(0, (int) Math.min(HEAD_BYTES, last.offset()));
    anchor = log.file().before(last.offset());
    return complete;
  }

  /** Adds a mark and returns where the next one belongs. */
  private long add(RowScan scan) {
    Mark mark = scan.mark();
    if (held + scan.heldCharacters() <= MAX_HELD_CHARACTERS) {
      held += scan.heldCharacters();
      marks.add(mark);
    }
    if (marks.size() > MAX_MARKS) {
      List<Mark> half = new ArrayList<>();
      for (int i = 0; i < marks.size(); i += 2) {
        half.add(marks.get(i));
      }
      marks = half;
      spacing *= 2;
    }
    return mark.offset() + spacing;
  }
}
