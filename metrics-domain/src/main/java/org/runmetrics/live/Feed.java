package org.runmetrics.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.push.Workers;

/**
 * What happens to one subject, looked at once for all that listen.
 *
 * <p>It keeps the last snapshot and the step that led there, which is the same object for all who
 * stand where it begins. Nothing is kept for those that lag: each {@link Seat} knows its place, and
 * a step from there is made when it asks. Safe for use by several threads.
 */
final class Feed<P, C extends Change> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Feed.class.getName());

  /** Ten changes a second are told one by one, of more some become one. */
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private record Present<P, C>(Snapshot<P, C> snapshot, Optional<Step<P, C>> last) {}

  private final Subject<P, C> subject;
  private final FeedTurn turn;

  /** Listeners that were not looked for yet; guarded by this, like all below. */
  private final Set<Seat<P, C>> arrivals = new HashSet<>();

  private final Set<Seat<P, C>> seats = new HashSet<>();

  /** Written by the turn alone. */
  private volatile Optional<Present<P, C>> present = Optional.empty();

  private volatile boolean over;

  /**
   * Begins to look.
   *
   * @param poll between two looks without a signal
   */
  Feed(Subject<P, C> subject, Workers workers, Duration poll) {
    this.subject = subject;
    this.turn = new FeedTurn(workers, INTERVAL, poll, this::look);
  }

  /** Asks for a look, without waiting for it. */
  void signal() {
    turn.signal();
  }

  /**
   * Adds a listener, which is woken when a look that began later has ended, so that the snapshot is
   * never older than what the listener may know from elsewhere.
   */
  void join(Seat<P, C> seat) {
    synchronized (this) {
      arrivals.add(seat);
    }
    turn.signal();
    if (over) {
      // It ended meanwhile, and may not have seen this one.
      seat.wake();
    }
  }

  /** Removes a listener and returns whether nobody listens any more. */
  synchronized boolean leave(Seat<P, C> seat) {
    arrivals.remove(seat);
    seats.remove(seat);
    return arrivals.isEmpty() && seats.isEmpty();
  }

  /** Returns the step that leads from a place to where the feed is, if it is elsewhere. */
  Optional<Step<P, C>> stepFrom(P place) throws IOException {
    Present<P, C> now = present.orElseThrow();
    P here = now.snapshot().place();
    if (here.equals(place)) {
      return Optional.empty();
    }
    Optional<Step<P, C>> shared = now.last().filter(step -> step.from().equals(place));
    return shared.isPresent()
        ? shared
        : Optional.of(new Step<>(place, now.snapshot().changeSince(place), here));
  }

  /** Returns whether nothing will happen any more. */
  boolean isOver() {
    return over;
  }

  /** Ends the feed, which its listeners learn when they ask. */
  @Override
  public void close() {
    over = true;
    turn.close();
    wake(true);
  }

  /** Returns whether there was something to hear; by the turn alone. */
  private boolean look() {
    List<Seat<P, C>> arrived;
    synchronized (this) {
      arrived = List.copyOf(arrivals);
    }
    try {
      Optional<Snapshot<P, C>> now = subject.now();
      if (now.isEmpty()) {
        close();
        return false;
      }
      Optional<Step<P, C>> step = move(now.get());
      admit(arrived);
      wake(step.isPresent());
      arrived.forEach(Seat::wake);
      return step.filter(made -> !made.change().isEmpty()).isPresent();
    } catch (IOException | UncheckedIOException unreadable) {
      // Lasts no longer than until the next signal or poll.
      LOG.log(Level.DEBUG, "Cannot look at what somebody listens to", unreadable);
      return false;
    }
  }

  /** Moves to another snapshot and returns the step that leads there, if it is elsewhere. */
  private Optional<Step<P, C>> move(Snapshot<P, C> now) throws IOException {
    Optional<Step<P, C>> step = Optional.empty();
    if (present.isPresent()) {
      P from = present.get().snapshot().place();
      if (from.equals(now.place())) {
        return step;
      }
      step = Optional.of(new Step<>(from, now.changeSince(from), now.place()));
    }
    present = Optional.of(new Present<>(now, step));
    return step;
  }

  /** Lets those in who have not left meanwhile. */
  private synchronized void admit(List<Seat<P, C>> arrived) {
    for (Seat<P, C> seat : arrived) {
      if (arrivals.remove(seat)) {
        seats.add(seat);
      }
    }
  }

  private void wake(boolean moved) {
    List<Seat<P, C>> woken = new ArrayList<>();
    synchronized (this) {
      if (moved) {
        woken.addAll(seats);
      }
      if (over) {
        woken.addAll(arrivals);
      }
    }
    woken.forEach(Seat::wake);
  }
}
