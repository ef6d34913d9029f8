package org.runmetrics.web.log;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.runmetrics.web.http.Problem;

/**
 * Searches that go on, few at a time: each keeps a core busy for seconds at most.
 *
 * <p>Others wait for their turn in the order in which they came. Safe for use by several threads.
 */
@Singleton
public class Searches {
  private static final int WAIT_SECONDS = 10;

  private final Semaphore places =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /** Searches, as soon as there is a place. */
  <T> T take(Supplier<T> search) {
    try {
      if (!places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw Problem.tooMany("Too many searches at a time, try again later");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.tooMany("The server stops");
    }
    try {
      return search.get();
    } finally {
      places.release();
    }
  }
}
