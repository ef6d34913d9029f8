package org.runmetrics.web.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Events on their way to one client.
 *
 * <p>One event at a time is on its way, and the next is made when that one is written, so a client
 * that reads slowly costs no memory. All sending is done by {@link #step}, on a worker and never on
 * two at once: Payara writes on the thread that sends, which waits as long as the client does.
 */
final class EventStream {
  private static final Logger LOG = System.getLogger(EventStream.class.getName());

  private final SseEventSink sink;
  private final Sse sse;
  private final Executor workers;
  private final Consumer<EventStream> onEnd;

  /** Nothing until the stream has started. */
  private volatile Optional<EventSource> source = Optional.empty();

  /** Calls of {@link #signal} not yet answered by a step; above zero, a step runs or will. */
  private final AtomicInteger signals = new AtomicInteger();

  private final AtomicBoolean ended = new AtomicBoolean();

  /** Whether the source may be asked. */
  private volatile boolean awake;

  private volatile boolean keepAliveDue;

  /** Whether an event is on its way, and since when by {@link System#nanoTime}. */
  private volatile boolean sending;

  private volatile long sendingSince;

  /** The thread that writes, if one does; guarded by this. */
  private Optional<Thread> writer = Optional.empty();

  /**
   * Does nothing yet.
   *
   * @param onEnd called once
   */
  EventStream(SseEventSink sink, Sse sse, Executor workers, Consumer<EventStream> onEnd) {
    this.sink = sink;
    this.sse = sse;
    this.workers = workers;
    this.onEnd = onEnd;
  }

  /**
   * Starts to send.
   *
   * @param maker makes the source of what wakes this stream
   */
  void start(Function<Runnable, EventSource> maker) {
    EventSource made = maker.apply(this::wake);
    source = Optional.of(made);
    if (ended.get()) {
      made.leave();
    }
    signal();
  }

  /**
   * Sends a comment, by which a client that vanished is noticed, or ends a client that is stuck.
   */
  void keepAlive(Duration limit) {
    if (sending && System.nanoTime() - sendingSince > limit.toNanos()) {
      LOG.log(Level.DEBUG, "A client does not read its events");
      run(this::end);
    } else {
      keepAliveDue = true;
      signal();
    }
  }

  /**
   * Ends the stream; an event on its way may not arrive.
   *
   * <p>What waits for the client is interrupted, and the stream closed when it has given up:
   * closing waits for that too, on WildFly for as long as the client does not read. No thread waits
   * there meanwhile.
   */
  void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    source.ifPresent(EventSource::leave);
    onEnd.accept(this);
    interrupt();
    if (!sending) {
      close();
    }
  }

  private void close() {
    try {
      sink.close();
    } catch (RuntimeException closedAlready) {
      LOG.log(Level.DEBUG, "Cannot close a stream of events", closedAlready);
    }
  }

  private synchronized void interrupt() {
    writer.filter(waiting -> waiting != Thread.currentThread()).ifPresent(Thread::interrupt);
  }

  private synchronized void setWriter(Optional<Thread> thread) {
    writer = thread;
  }

  private void wake() {
    awake = true;
    signal();
  }

  private void signal() {
    if (signals.getAndIncrement() == 0) {
      run(this::step);
    }
  }

  /** Works on another thread; a stream for which there is none ends, as it would stand still. */
  private void run(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      LOG.log(Level.WARNING, "A stream of events ends, as no thread can send it", noThread);
      end();
    }
  }

  private void step() {
    int answered = signals.get();
    try {
      send();
    } catch (IOException | RuntimeException failure) {
      // Clients begin again from where they are.
      LOG.log(Level.DEBUG, "A stream of events breaks off", failure);
      end();
    } catch (Error failure) {
      LOG.log(Level.WARNING, "A stream of events breaks off", failure);
      end();
    }
    if (signals.addAndGet(-answered) != 0) {
      run(this::step);
    }
  }

  private void send() throws IOException {
    if (ended.get() || sending) {
      return;
    }
    Optional<EventSource> woken = source.filter(made -> awake);
    if (sink.isClosed() || woken.filter(EventSource::isOver).isPresent()) {
      end();
      return;
    }
    Optional<OutboundSseEvent> next =
        woken.isPresent() ? woken.get().next() : Optional.<OutboundSseEvent>empty();
    if (next.isPresent()) {
      send(next.get());
    } else if (keepAliveDue) {
      send(sse.newEventBuilder().comment("").build());
    }
  }

  private void send(OutboundSseEvent event) {
    keepAliveDue = false;
    sendingSince = System.nanoTime();
    sending = true;
    setWriter(Optional.of(Thread.currentThread()));
    try {
      sink.send(event).whenComplete((unusedResult, failure) -> sent(Optional.ofNullable(failure)));
    } catch (RuntimeException | Error failure) {
      sending = false;
      throw failure;
    } finally {
      setWriter(Optional.empty());
      // An interruption was for this event, and not for what the thread does next.
      Thread.interrupted();
    }
  }

  private void sent(Optional<Throwable> failure) {
    sending = false;
    if (ended.get()) {
      close();
    } else if (failure.isEmpty()) {
      signal();
    } else {
      LOG.log(Level.DEBUG, "A client left", failure.get());
      end();
    }
  }
}
