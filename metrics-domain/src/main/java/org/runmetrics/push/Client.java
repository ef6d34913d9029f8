package org.runmetrics.push;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One client that is sent messages.
 *
 * <p>One message is on its way, and the next is made when the connection has taken it, so a slow
 * client costs no memory here. All work is done by {@link #step}, on a worker and never on two at
 * once; other threads change a flag and signal.
 *
 * @param <M> what a message is
 */
public final class Client<M> {
  private static final Logger LOGGER = System.getLogger(Client.class.getName());

  /** After so long a step ends, so that others have their turn. */
  private static final Duration SLICE = Duration.ofMillis(2);

  /** Who makes room for a message only after so long has read something. */
  private static final Duration WAIT = Duration.ofMillis(100);

  /** Looks in a row at which nothing was heard, of a client that is gone. */
  private static final int SILENT_LOOKS = 2;

  private static final int FREE = 0;
  private static final int HANDING = 1;
  private static final int ON_ITS_WAY = 2;

  private final Outlet<M> outlet;
  private final Duration patience;
  private final Consumer<Client<M>> onEnd;
  private final Turn turn;

  /** Nothing until the start and after the end: transports keep clients longer than they last. */
  private volatile Optional<Source<M>> source = Optional.empty();

  /** Where the last message is. */
  private final AtomicInteger flight = new AtomicInteger();

  /** When the last message was handed over, by {@link System#nanoTime}. */
  private volatile long handed;

  private volatile boolean pingIsDue;
  private volatile Optional<Ending> ending = Optional.empty();
  private final AtomicBoolean gone = new AtomicBoolean();

  /** Signs of life since the last look. */
  private final AtomicInteger signs = new AtomicInteger(1);

  /** Used by steps only, like what is below. */
  private boolean closed;

  /** Used by looks only, like what is below. */
  private int silentLooks;

  private boolean pinged;
  private boolean overdue;

  /**
   * Does nothing yet.
   *
   * @param onEnd called once, by any thread
   */
  Client(Workers workers, Outlet<M> outlet, Duration patience, Consumer<Client<M>> onEnd) {
    this.outlet = outlet;
    this.patience = patience;
    this.onEnd = onEnd;
    this.turn = new Turn(workers, this::step);
  }

  /** Starts to send what a source has, which is made of what wakes this client. */
  void start(Function<Runnable, Source<M>> maker) {
    source = Optional.of(maker.apply(turn::signal));
    turn.signal();
  }

  /** Takes note of a sign of life. */
  public void heard() {
    int unusedCount = signs.incrementAndGet();
  }

  /** Says goodbye as soon as what is on its way was taken, and nothing after it. */
  public void close(Ending reason) {
    synchronized (this) {
      ending = ending.or(() -> Optional.of(reason));
    }
    turn.signal();
  }

  /** Takes note that the connection has ended. */
  public void gone() {
    if (gone.compareAndSet(false, true)) {
      onEnd.accept(this);
      turn.signal();
    }
  }

  /** Returns whether the client has gone, or is told to go. */
  public boolean isLeaving() {
    return gone.get() || ending.isPresent();
  }

  /** Sends a ping soon; where the client has left, that fails. */
  void ping() {
    pingIsDue = true;
    turn.signal();
  }

  /** Ends the connection at once. */
  void cut() {
    cutOff();
    gone();
  }

  /** Pings, and ends what is gone or stuck; by one thread at a time. */
  void look() {
    if (overdue) {
      cut();
      return;
    }
    boolean waits = flight.get() != FREE;
    boolean silent = signs.getAndSet(0) == 0 && pinged && !waits && outlet.isAnswered();
    silentLooks = silent ? silentLooks + 1 : 0;
    if (waits && System.nanoTime() - handed > patience.toNanos()) {
      close(new Ending(Ending.Why.LATER, "Nothing was read"));
    } else if (silentLooks >= SILENT_LOOKS) {
      close(new Ending(Ending.Why.LEAVING, "No answer"));
    }
    overdue = isLeaving();
    pinged = !overdue && !waits;
    if (pinged) {
      ping();
    }
  }

  private boolean step() {
    try {
      return source.isPresent() && send(source.get());
    } catch (IOException | RuntimeException | Error failure) {
      LOGGER.log(Level.WARNING, "What a client is to be sent cannot be told", failure);
      if (ending.isPresent()) {
        cut();
      } else {
        close(new Ending(Ending.Why.FAILED, "This cannot be sent on"));
      }
      return false;
    }
  }

  private boolean send(Source<M> from) throws IOException {
    long started = System.nanoTime();
    while (System.nanoTime() - started < SLICE.toNanos()) {
      if (gone.get()) {
        leave(from);
        return false;
      }
      if (closed || flight.get() != FREE) {
        return false;
      }
      if (ending.isPresent()) {
        goodbye(ending.get());
        return false;
      }
      Next<M> next = from.next();
      if (next instanceof Next.Message<M> message) {
        pingIsDue &= outlet.isAnswered();
        hand(taken -> outlet.send(message.message(), taken));
      } else if (next instanceof Next.Over<M> over) {
        close(over.ending());
      } else if (next instanceof Next.Again<M>) {
        return true;
      } else if (!pingIsDue) {
        return false;
      }
      if (pingIsDue && flight.get() == FREE) {
        pingIsDue = false;
        hand(outlet::ping);
      }
    }
    return true;
  }

  private void goodbye(Ending reason) {
    closed = true;
    try {
      outlet.close(reason);
    } catch (RuntimeException alreadyClosed) {
      LOGGER.log(Level.DEBUG, "Cannot say goodbye to a client", alreadyClosed);
      cut();
    }
  }

  private void hand(Consumer<Consumer<Optional<Throwable>>> sending) {
    handed = System.nanoTime();
    flight.set(HANDING);
    try {
      sending.accept(this::taken);
    } catch (RuntimeException failure) {
      taken(Optional.of(failure));
    }
    // Fails if it was taken already, and the step goes on.
    boolean unusedWaits = flight.compareAndSet(HANDING, ON_ITS_WAY);
  }

  private void taken(Optional<Throwable> failure) {
    if (failure.isPresent()) {
      LOGGER.log(Level.DEBUG, "A client left", failure.get());
      gone();
    }
    if (System.nanoTime() - handed > WAIT.toNanos()) {
      heard();
    }
    if (flight.getAndSet(FREE) == ON_ITS_WAY) {
      turn.signal();
    }
  }

  private void cutOff() {
    try {
      outlet.cut();
    } catch (RuntimeException alreadyCut) {
      LOGGER.log(Level.DEBUG, "Cannot cut off a client", alreadyCut);
    }
  }

  private void leave(Source<M> from) {
    source = Optional.empty();
    // A transport that could not send a message may go on with the connection all the same.
    cutOff();
    from.leave();
  }
}
