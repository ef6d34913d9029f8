package org.runmetrics.web.delivery;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.runmetrics.push.Workers;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.answer.AnswerEnd;
import org.runmetrics.web.answer.StreamedAnswer;
import org.runmetrics.web.http.ClientAddress;
import org.runmetrics.web.http.Problem;

/**
 * Sends answers: short ones at once, long ones by threads that may wait for their clients.
 *
 * <p>A short answer fits into what a connection holds before its client reads, so its thread does
 * not wait. Safe for use by several threads.
 */
public final class Deliveries implements AutoCloseable {
  /** Threads that wait take little but their stacks; as many are started as are needed. */
  private static final int THREADS = 512;

  private static final Duration IDLE = Duration.ofSeconds(10);

  /** Beyond them a client asks faster than it reads. */
  private static final int WAITING_PER_CLIENT = 1_000;

  /** How long a client may take for one piece before its answer is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long an answer may wait until it is begun. */
  private static final Duration TURN = Duration.ofSeconds(60);

  private final Settings settings;
  private final Workers workers;
  private final Duration patience;
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final ThreadPoolExecutor threads;
  private final ClientTurns turns;
  private final Set<Delivery> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Takes threads of the container, which it starts when it needs them. */
  public Deliveries(Settings settings, Workers workers, ThreadFactory threads) {
    this(settings, workers, threads, PATIENCE);
  }

  /** Gives up answers of which a piece was not taken for some time. */
  public Deliveries(Settings settings, Workers workers, ThreadFactory threads, Duration patience) {
    this.settings = settings;
    this.workers = workers;
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            threads,
            new ThreadPoolExecutor.DiscardPolicy());
    this.turns =
        new ClientTurns(THREADS, settings.answersPerClient(), WAITING_PER_CLIENT, this.threads);
  }

  /** Makes an answer, by the thread that asks, and sends it; 503 where too much waits already. */
  public void send(AsyncResponse client, HttpServletRequest request, Supplier<Response> answer) {
    // Servers use a request anew when its answer has ended, and not all tell that it has.
    Runnable end = AnswerEnd.of(request);
    try {
      Response made = answer.get();
      if (StreamedAnswer.isLong(made.getEntity()) && !request.getMethod().equals(HttpMethod.HEAD)) {
        queue(client, request, made, end);
        return;
      }
      client.resume(made);
    } catch (RuntimeException | Error failure) {
      client.resume(failure);
    }
    end.run();
  }

  private void queue(
      AsyncResponse client, HttpServletRequest request, Response made, Runnable end) {
    client.setTimeoutHandler(
        late -> {
          late.resume(Problem.busy("Too many long answers are under way, try again later"));
          end.run();
        });
    var unusedSet = client.setTimeout(TURN.toSeconds(), TimeUnit.SECONDS);
    Delivery delivery = new Delivery(client, made, end, cores, workers, patience);
    delivery.follow(request);
    if (!turns.take(ClientAddress.of(request, settings), () -> deliver(delivery))) {
      client.resume(
          Problem.busy(
              "At most %d long answers wait for each client".formatted(WAITING_PER_CLIENT)));
      end.run();
    }
  }

  private void deliver(Delivery delivery) {
    underWay.add(delivery);
    if (closed) {
      delivery.giveUp();
    }
    try {
      delivery.run();
    } finally {
      underWay.remove(delivery);
    }
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    underWay.forEach(Delivery::giveUp);
  }
}
