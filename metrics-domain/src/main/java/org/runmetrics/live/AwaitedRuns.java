package org.runmetrics.live;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.runmetrics.push.Turn;
import org.runmetrics.push.Workers;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.RunCatalog;

/**
 * Runs that are not there and that somebody waits for.
 *
 * <p>It asks the index which runs there are, for all that wait at once and at a steady pace, and
 * does not go by changes: a run that goes and comes back in between is found too. Without anybody
 * who waits it does nothing. Safe for use by several threads.
 */
public final class AwaitedRuns implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final RunCatalog catalog;
  private final Workers workers;
  private final Turn turn;

  /** Guarded by this. */
  private final Set<Wait> waits = new HashSet<>();

  /** Is there while somebody waits. */
  private Optional<Future<?>> poll = Optional.empty();

  /** Asks a catalog, by turns on some workers. */
  public AwaitedRuns(RunCatalog catalog, Workers workers) {
    this.catalog = catalog;
    this.workers = workers;
    this.turn = new Turn(workers, this::look);
  }

  /** Somebody who waits for a run. */
  public final class Wait {
    private final String id;
    private final Predicate<RunDirectory> shown;
    private final Runnable wake;
    private volatile Optional<RunDirectory> found = Optional.empty();

    private Wait(String id, Predicate<RunDirectory> shown, Runnable wake) {
      this.id = id;
      this.shown = shown;
      this.wake = wake;
    }

    /** Returns the run once it is there. */
    public Optional<RunDirectory> found() {
      return found;
    }

    /** Waits no longer; may be woken once more. */
    public void leave() {
      remove(this);
    }

    private void find(RunDirectory run) {
      remove(this);
      found = Optional.of(run);
      wake.run();
    }
  }

  /**
   * Lets somebody wait for a run.
   *
   * @param id as a client named it; what cannot be an id never comes
   * @param shown tells whether they see the run; one that they do not see never comes either
   * @param wake called when the run is there; must not block
   */
  public Wait await(String id, Predicate<RunDirectory> shown, Runnable wake) {
    Wait wait = new Wait(id, shown, wake);
    synchronized (this) {
      waits.add(wait);
      if (poll.isEmpty()) {
        poll = Optional.of(workers.every(POLL, turn::signal));
      }
    }
    turn.signal();
    return wait;
  }

  /** Returns how many wait. */
  public synchronized int size() {
    return waits.size();
  }

  /** Asks no more. */
  @Override
  public synchronized void close() {
    poll.ifPresent(running -> running.cancel(false));
    poll = Optional.empty();
    waits.clear();
  }

  private boolean look() {
    List<Wait> waiting = waiting();
    if (!waiting.isEmpty()) {
      try {
        find(waiting, catalog.directories());
      } catch (UncheckedIOException silent) {
        // The next look may have more luck.
      }
    }
    return false;
  }

  private static void find(List<Wait> waiting, Map<String, RunDirectory> there) {
    for (Wait wait : waiting) {
      Optional.ofNullable(there.get(wait.id))
          .filter(run -> wait.shown.test(run) && run.isRun())
          .ifPresent(wait::find);
    }
  }

  private synchronized List<Wait> waiting() {
    return List.copyOf(waits);
  }

  private synchronized void remove(Wait wait) {
    if (waits.remove(wait) && waits.isEmpty()) {
      close();
    }
  }
}
