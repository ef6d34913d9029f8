package org.runmetrics.live;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A listener's place in a feed: how far it has heard what happens, and nothing else.
 *
 * <p>It asks for a change when it is woken and has room for one. Changes that came meanwhile are
 * one then. Used by one thread at a time, but for {@link #leave()}.
 */
public final class Seat<P, C extends Change> {
  private final Feed<P, C> feed;
  private final Runnable wake;
  private final Consumer<Seat<P, C>> onLeave;
  private P place;

  /** Whether the feed has looked since the listener came; before, it may know less than that. */
  private volatile boolean woken;

  Seat(Feed<P, C> feed, P place, Runnable wake, Consumer<Seat<P, C>> onLeave) {
    this.feed = feed;
    this.place = place;
    this.wake = wake;
    this.onLeave = onLeave;
  }

  /** Returns how far the listener has heard. */
  public P place() {
    return place;
  }

  /**
   * Takes what changed since the last time; nothing before the listener was woken.
   *
   * @return nothing if nothing did
   * @throws IOException if that cannot be read; the listener may start again from its place
   */
  public Optional<C> next() throws IOException {
    Optional<Step<P, C>> step = woken ? feed.stepFrom(place) : Optional.empty();
    step.ifPresent(made -> place = made.to());
    return step.map(Step::change);
  }

  /** Returns whether nothing will change any more, as what the feed is about is gone. */
  public boolean isOver() {
    return feed.isOver();
  }

  /** Ends the listening; the listener may be woken once more. */
  public void leave() {
    onLeave.accept(this);
  }

  Feed<P, C> feed() {
    return feed;
  }

  void wake() {
    woken = true;
    wake.run();
  }
}
