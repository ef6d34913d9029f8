package org.runmetrics.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.runmetrics.push.Workers;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.index.RunCatalog;

/**
 * The feed of the list of runs, which is there only while somebody listens.
 *
 * <p>It asks the index at a steady pace, which costs little while nothing changes: the index is
 * told of changes and answers with the same list. Safe for use by several threads.
 */
public final class LiveRuns implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private record Listed(List<RunInfo> place) implements Snapshot<List<RunInfo>, RunsChange> {
    @Override
    public RunsChange changeSince(List<RunInfo> earlier) {
      return RunsChange.between(earlier, place);
    }
  }

  private final RunCatalog catalog;
  private final Workers workers;

  /** Guarded by this. */
  private Optional<Feed<List<RunInfo>, RunsChange>> feed = Optional.empty();

  /** Asks a catalog, by turns on some workers. */
  public LiveRuns(RunCatalog catalog, Workers workers) {
    this.catalog = catalog;
    this.workers = workers;
  }

  /**
   * Lets somebody listen to what happens from now on.
   *
   * @param wake called for the first time when the seat may be used, and then whenever there may be
   *     something new; must not block
   */
  public Seat<List<RunInfo>, RunsChange> join(Runnable wake) {
    return join(catalog.runs(), wake);
  }

  private synchronized Seat<List<RunInfo>, RunsChange> join(List<RunInfo> known, Runnable wake) {
    Feed<List<RunInfo>, RunsChange> running =
        feed.orElseGet(
            () -> new Feed<>(() -> Optional.of(new Listed(catalog.runs())), workers, POLL));
    feed = Optional.of(running);
    Seat<List<RunInfo>, RunsChange> seat = new Seat<>(running, known, wake, this::leave);
    running.join(seat);
    return seat;
  }

  /** Returns whether anybody listens. */
  public synchronized boolean isListenedTo() {
    return feed.isPresent();
  }

  /** Ends the feed, which its listeners learn. */
  @Override
  public synchronized void close() {
    feed.ifPresent(Feed::close);
    feed = Optional.empty();
  }

  private synchronized void leave(Seat<List<RunInfo>, RunsChange> seat) {
    if (seat.feed().leave(seat) && feed.filter(known -> known == seat.feed()).isPresent()) {
      close();
    }
  }
}
