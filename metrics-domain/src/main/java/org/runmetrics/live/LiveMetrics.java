package org.runmetrics.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.push.Workers;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.watch.FileEvents;

/**
 * The feeds of all runs whose metrics somebody listens to.
 *
 * <p>A run has one feed, however many listen; it comes with the first and goes with the last.
 * Without listeners there is no thread and no watch. Safe for use by several threads.
 */
public final class LiveMetrics implements AutoCloseable {
  /** Events come from {@link FileEvents}, which has a poll of its own. */
  private static final Duration NO_POLL = Duration.ofHours(1);

  private record Entry(Feed<MetricsPlace, MetricsChange> feed, List<FileEvents.Watch> watches) {}

  private final SeriesCache cache;
  private final FileEvents events;
  private final Workers workers;

  /** Feeds by the run, which a link of the same name may make another; guarded by this. */
  private final Map<RunDirectory, Entry> feeds = new HashMap<>();

  /** Reads through a cache, woken by file events, by turns on some workers. */
  public LiveMetrics(SeriesCache cache, FileEvents events, Workers workers) {
    this.cache = cache;
    this.events = events;
    this.workers = workers;
  }

  /**
   * Lets somebody listen to a run.
   *
   * @param told how far the listener has heard
   * @param wake called for the first time when the seat may be used, and then whenever there may be
   *     something new; must not block
   */
  public synchronized Seat<MetricsPlace, MetricsChange> join(
      RunDirectory run, MetricsPlace told, Runnable wake) {
    Entry known = feeds.get(run);
    if (known != null && known.feed().isOver()) {
      close(known);
      known = null;
    }
    if (known == null) {
      known = open(run);
      feeds.put(run, known);
    }
    Seat<MetricsPlace, MetricsChange> seat =
        new Seat<>(known.feed(), told, wake, left -> leave(run, left));
    known.feed().join(seat);
    return seat;
  }

  /** Returns how many runs are listened to. */
  public synchronized int size() {
    return feeds.size();
  }

  /** Ends all feeds, which their listeners learn. */
  @Override
  public synchronized void close() {
    feeds.values().forEach(LiveMetrics::close);
    feeds.clear();
  }

  private Entry open(RunDirectory run) {
    Feed<MetricsPlace, MetricsChange> feed =
        new Feed<>(new RunMetrics(run, cache), workers, NO_POLL);
    // The same for both files, so that a poll wakes it once.
    Runnable wake = feed::signal;
    return new Entry(
        feed, List.of(events.watch(run.eventsName(), wake), events.watch(run.statusName(), wake)));
  }

  private synchronized void leave(RunDirectory run, Seat<MetricsPlace, MetricsChange> seat) {
    if (!seat.feed().leave(seat)) {
      return;
    }
    Entry known = feeds.get(run);
    if (known != null && known.feed() == seat.feed()) {
      feeds.remove(run);
      close(known);
    }
  }

  private static void close(Entry entry) {
    entry.watches().forEach(FileEvents.Watch::close);
    entry.feed().close();
  }
}
