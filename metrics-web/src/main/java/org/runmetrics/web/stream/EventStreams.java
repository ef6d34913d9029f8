package org.runmetrics.web.stream;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.runmetrics.settings.ClientLimit;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.http.Problem;

/**
 * All streams of events, and the threads that send them.
 *
 * <p>A client that does not read holds up a thread of its own and nobody else, until it is ended.
 * Idle threads end, so without streams there are none.
 */
@Singleton
public class EventStreams {
  static final String THREADS = "event-stream";

  /** Between two comments to a client. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** How often a comment is due before a client that does not take its event is ended. */
  private static final int PATIENCE = 3;

  /** Clients that can be waited for at once; whose event finds no thread is cut off. */
  private static final int MAX_THREADS = 1000;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ClientLimit limit;
  private final Duration keepAlive;
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          0,
          MAX_THREADS,
          IDLE.toMillis(),
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<>(),
          threads(THREADS),
          new ThreadPoolExecutor.AbortPolicy());

  /** Guarded by this, like all below. */
  private final Set<EventStream> streams = new HashSet<>();

  /** Is there while there are streams. */
  private Optional<ScheduledThreadPoolExecutor> timer = Optional.empty();

  private boolean closed;

  @Inject
  EventStreams(Settings settings) {
    this(settings, KEEP_ALIVE);
  }

  /** Looks after its clients at an interval. */
  public EventStreams(Settings settings, Duration keepAlive) {
    this.limit = new ClientLimit(settings.streamsPerClient());
    this.keepAlive = keepAlive;
  }

  /**
   * Starts to send a client events.
   *
   * @param client its address
   * @param source makes the source of the events of what wakes the stream
   */
  void open(String client, SseEventSink sink, Sse sse, Function<Runnable, EventSource> source) {
    if (!limit.enter(client)) {
      throw Problem.tooMany("At most " + limit.perClient() + " event streams for each client");
    }
    EventStream stream =
        new EventStream(
            sink,
            sse,
            workers,
            ended -> {
              remove(ended);
              limit.leave(client);
            });
    if (!add(stream)) {
      stream.end();
      return;
    }
    try {
      stream.start(source);
    } catch (RuntimeException | Error failure) {
      stream.end();
      throw failure;
    }
  }

  /** Returns how many streams there are. */
  public synchronized int size() {
    return streams.size();
  }

  /** Ends all streams for good. */
  @PreDestroy
  public void close() {
    synchronized (this) {
      closed = true;
    }
    all().forEach(EventStream::end);
    workers.shutdown();
  }

  private void keepAlive() {
    Duration patience = keepAlive.multipliedBy(PATIENCE);
    all().forEach(stream -> stream.keepAlive(patience));
  }

  private synchronized List<EventStream> all() {
    return List.copyOf(streams);
  }

  private synchronized boolean add(EventStream stream) {
    if (closed) {
      return false;
    }
    streams.add(stream);
    if (timer.isEmpty()) {
      ScheduledThreadPoolExecutor started =
          new ScheduledThreadPoolExecutor(1, threads(THREADS + "-timer"));
      long nanos = keepAlive.toNanos();
      var unused =
          started.scheduleWithFixedDelay(this::keepAlive, nanos, nanos, TimeUnit.NANOSECONDS);
      timer = Optional.of(started);
    }
    return true;
  }

  private synchronized void remove(EventStream stream) {
    streams.remove(stream);
    if (streams.isEmpty()) {
      timer.ifPresent(ScheduledThreadPoolExecutor::shutdown);
      timer = Optional.empty();
    }
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
