package org.runmetrics.run.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.runmetrics.file.DiskThreads;
import org.runmetrics.file.SilentDiskException;

/**
 * The index, asked by one at a time on a thread that may wait for the disk.
 *
 * <p>A disk that does not answer would otherwise keep everybody waiting who asks for runs. The
 * thread that waits keeps the index that it is in the middle of, and questions are refused; now and
 * then one is let through to a new index. Safe for use by several threads.
 */
final class AskedIndex implements AutoCloseable {
  private static final Logger LOG = System.getLogger(AskedIndex.class.getName());

  /** How long a disk counts as silent that nobody asked since: others may be sent here again. */
  private static final Duration KNOWN = Duration.ofSeconds(30);

  /** How long threads that wait keep others from asking: a pipe keeps its thread for ever. */
  private static final Duration TOO_MANY = Duration.ofMinutes(2);

  /** A walk that goes on is waited for by who asks next. */
  private static final Duration TURN = Duration.ofMinutes(5);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** How many threads may wait for the disk at a time. */
  private static final int MOST_ABANDONED = 4;

  private final Supplier<RunIndex> indexes;
  private final Patience patience;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicInteger abandoned = new AtomicInteger();

  /** Replaced by those whose turn it is. */
  private volatile RunIndex index;

  private volatile boolean silent;

  /** When it was last asked in vain, by {@link System#nanoTime}. */
  private volatile long asked;

  /**
   * How long to wait for a disk.
   *
   * @param silence without any progress, after which it counts as silent
   * @param again between two questions to one that is
   */
  record Patience(Duration silence, Duration again) {
    static final Patience DEFAULT = new Patience(DiskThreads.PATIENCE, Duration.ofSeconds(5));
  }

  AskedIndex(Supplier<RunIndex> indexes, Patience patience) {
    this.indexes = indexes;
    this.patience = patience;
    this.index = indexes.get();
  }

  /**
   * Asks a question.
   *
   * @throws UncheckedIOException of a {@link SilentDiskException} if the disk does not answer
   */
  <T> T ask(Function<RunIndex, T> question) {
    try {
      refuse();
      // While it is silent, one asks and nobody waits for that one.
      if (silent ? !turn.tryLock() : !turn.tryLock(TURN.toSeconds(), TimeUnit.SECONDS)) {
        throw new SilentDiskException();
      }
      try {
        refuse(); // Who had the turn before may have asked in vain.
        return askNow(question);
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while others asked for runs", e);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns whether a question of late was not answered. */
  boolean isSilent() {
    return silent && (isSince(KNOWN) || hasTooMany());
  }

  /** Ends the watch; questions are still answered. */
  @Override
  public void close() {
    try {
      // A question that hangs keeps the index, and would keep whoever stops the server.
      boolean unusedClosed = DiskThreads.ask(this::closeNow, late -> {}, () -> 0, CLOSING);
    } catch (IOException stillAsked) {
      LOG.log(Level.DEBUG, "The index ends with the question that it waits for", stillAsked);
    }
  }

  private boolean closeNow() {
    index.close();
    return true;
  }

  private void refuse() throws SilentDiskException {
    if (silent && (isSince(patience.again) || hasTooMany())) {
      throw new SilentDiskException();
    }
  }

  private boolean hasTooMany() {
    return abandoned.get() >= MOST_ABANDONED && isSince(TOO_MANY);
  }

  private boolean isSince(Duration time) {
    return System.nanoTime() - asked < time.toNanos();
  }

  private <T> T askNow(Function<RunIndex, T> question) throws IOException {
    RunIndex now = index;
    AtomicBoolean begun = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    try {
      T answer =
          DiskThreads.ask(
              () -> answer(now, question, begun, over),
              late -> {},
              now::progress,
              patience.silence);
      if (silent) {
        silent = false;
        LOG.log(Level.INFO, "The storage answers again");
      }
      return answer;
    } catch (SilentDiskException noAnswer) {
      asked = System.nanoTime();
      if (!silent) {
        silent = true;
        LOG.log(Level.WARNING, "The storage does not answer: requests get 503 until it does");
      }
      // Where no thread was free, none waits in the index.
      if (begun.get() && over.compareAndSet(false, true)) {
        abandoned.incrementAndGet();
        index = indexes.get();
      }
      throw noAnswer;
    }
  }

  private <T> T answer(
      RunIndex now, Function<RunIndex, T> question, AtomicBoolean begun, AtomicBoolean over) {
    begun.set(true);
    try {
      return question.apply(now);
    } finally {
      if (!over.compareAndSet(false, true)) {
        abandoned.decrementAndGet();
        now.close();
      }
    }
  }
}
