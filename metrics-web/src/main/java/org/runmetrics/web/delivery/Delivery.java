package org.runmetrics.web.delivery;

import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.runmetrics.push.Workers;

/**
 * A long answer from when it is made to its end; written by one thread, looked after by another.
 */
final class Delivery {
  private static final String NAME = Delivery.class.getName();

  /** Between two looks, as a part of the patience. */
  private static final int LOOKS = 4;

  private final AsyncResponse client;
  private final Response answer;
  private final Runnable answerEnd;
  private final ClientWait wait;
  private final Workers workers;
  private final Duration patience;
  private volatile Optional<Thread> writer = Optional.empty();
  private volatile boolean ended;

  /**
   * Waits for its turn.
   *
   * @param answerEnd is told when the answer has ended
   * @param cores those that may make answers
   * @param patience how long the client may take for one piece
   */
  Delivery(
      AsyncResponse client,
      Response answer,
      Runnable answerEnd,
      Semaphore cores,
      Workers workers,
      Duration patience) {
    this.client = client;
    this.answer = answer;
    this.answerEnd = answerEnd;
    this.wait = new ClientWait(cores);
    this.workers = workers;
    this.patience = patience;
  }

  /** Lets what writes the answer to a request find this. */
  void follow(ServletRequest request) {
    request.setAttribute(NAME, this);
  }

  /**
   * Returns how the answer to a request waits for its client, if it is a long one and this thread
   * is to write it; what tells a client that it has waited in vain is written by another.
   */
  static Optional<ClientWait> waitOf(ServletRequest request) {
    return request.getAttribute(NAME) instanceof Delivery delivery
            && delivery.writer.equals(Optional.of(Thread.currentThread()))
        ? Optional.of(delivery.wait)
        : Optional.empty();
  }

  /** Writes all of the answer, unless it had to wait too long for its turn. */
  void run() {
    writer = Optional.of(Thread.currentThread());
    try {
      look();
      boolean unusedInTime = client.resume(answer);
    } finally {
      ended = true;
      writer = Optional.empty();
      wait.endWait();
      answerEnd.run();
    }
  }

  void giveUp() {
    wait.giveUp();
  }

  private void look() {
    if (!ended) {
      wait.endIfLongerThan(patience);
      workers.after(patience.dividedBy(LOOKS), this::look);
    }
  }
}
