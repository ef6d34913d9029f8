package org.runmetrics.web.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How a thread makes an answer and waits for its client in turn, and how another ends the wait.
 *
 * <p>While it makes the answer it holds a core, of which there are few: threads for short requests
 * must find one as well. It is interrupted while it waits and at no other time: what it reads, of
 * files or of the cache, would be closed for all. Safe for use by several threads.
 */
final class ClientWait {
  /** What hands some bytes to the server. */
  interface Write {
    void run() throws IOException;
  }

  /** After it a thread does without a core: those that hold them may wait for a disk. */
  private static final long CORE_MILLIS = 1_000;

  private final Semaphore cores;

  /** Used by the thread that makes the answer alone. */
  private boolean hasCore;

  /** Who waits, if somebody does; guarded by this object, like what follows. */
  private Optional<Thread> waiting = Optional.empty();

  private long since;
  private boolean ended;

  /** Shares the cores with others. */
  ClientWait(Semaphore cores) {
    this.cores = cores;
  }

  /** Begins to make the answer. */
  void beginWork() {
    try {
      hasCore = cores.tryAcquire(CORE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      hasCore = false;
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Writes.
   *
   * @throws IOException if the client has gone, or took too little in time
   */
  void during(Write write) throws IOException {
    if (isEnded()) {
      throw new IOException("The client took too little, or the server stops");
    }
    beginWait();
    try {
      write.run();
    } finally {
      endWait();
      beginWork();
    }
  }

  /** Waits from now on, in the end for what the server does after the last write. */
  void beginWait() {
    if (hasCore) {
      cores.release();
      hasCore = false;
    }
    synchronized (this) {
      since = System.nanoTime();
      waiting = Optional.of(Thread.currentThread());
    }
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  /** Nobody waits any more. */
  synchronized void endWait() {
    waiting = Optional.empty();
    if (ended) {
      boolean unusedInterrupted = Thread.interrupted();
    }
  }

  /** Ends a wait that takes longer than it may; each time anew, as a server may try again. */
  synchronized void endIfLongerThan(Duration patience) {
    if (ended || (waiting.isPresent() && System.nanoTime() - since > patience.toNanos())) {
      giveUp();
    }
  }

  /** Ends the wait, and each that would follow. */
  synchronized void giveUp() {
    ended = true;
    waiting.ifPresent(Thread::interrupt);
  }
}
