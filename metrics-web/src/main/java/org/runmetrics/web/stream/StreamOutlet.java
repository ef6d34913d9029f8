package org.runmetrics.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.runmetrics.push.Client;
import org.runmetrics.push.Ending;
import org.runmetrics.push.Outlet;
import org.runmetrics.web.answer.AnswerEnd;
import org.runmetrics.web.http.Problem;

/**
 * The answer to one client, to which events are written when its connection takes them.
 *
 * <p>It never waits: the container calls {@link #onWritePossible} once the connection takes more.
 */
final class StreamOutlet implements Outlet<byte[]>, WriteListener, AsyncListener {
  private static final Logger LOGGER = System.getLogger(StreamOutlet.class.getName());

  /** The longest wait for another thread to write, which is to take no time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final AsyncContext context;

  /** Is told when the answer ends, while the response is still this one's. */
  private final Runnable follower;

  /** Nothing until the stream has begun. */
  private volatile Optional<ServletOutputStream> output = Optional.empty();

  /** Held while the container's output is used; guards the event that is on its way. */
  private final ReentrantLock using = new ReentrantLock();

  /** Hears when the connection has the event that is on its way. */
  private Optional<Consumer<Optional<Throwable>>> onItsWay = Optional.empty();

  /** The event, as long as the container does not have it. */
  private Optional<byte[]> unwritten = Optional.empty();

  /** Whether the container has an event that it was not told to send yet. */
  private boolean unflushed;

  private volatile boolean ended;

  /** Hears that the answer has ended; nothing at the very beginning. */
  private volatile Optional<Client<byte[]>> client = Optional.empty();

  /** Takes over the answer to a request that was just made asynchronous. */
  StreamOutlet(AsyncContext context) {
    this.context = context;
    this.follower = AnswerEnd.of(context.getRequest());
    context.setTimeout(0);
    context.addListener(this);
  }

  /** Begins to answer with a stream. */
  void open() {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    // Nginx and what follows it gather answers unless told otherwise.
    response.setHeader("X-Accel-Buffering", "no");
    // Undertow keeps in its buffer what the connection does not take, and does not report it.
    response.setBufferSize(1);
    try {
      ServletOutputStream opened = response.getOutputStream();
      opened.setWriteListener(this);
      output = Optional.of(opened);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Answers that there are too many streams. */
  void refuse(String detail) {
    try {
      Problem.write(
          (HttpServletResponse) context.getResponse(),
          Response.Status.TOO_MANY_REQUESTS.getStatusCode(),
          detail);
    } catch (IOException | RuntimeException gone) {
      LOGGER.log(Level.DEBUG, "A client has left", gone);
    }
    cut();
  }

  /** Says who hears that the answer has ended. */
  void serve(Client<byte[]> served) {
    client = Optional.of(served);
    if (ended) {
      served.gone();
    }
  }

  @Override
  public void send(byte[] event, Consumer<Optional<Throwable>> taken) {
    using.lock();
    try {
      onItsWay = Optional.of(taken);
      unwritten = Optional.of(event);
    } finally {
      using.unlock();
    }
    goOn();
  }

  @Override
  public void ping(Consumer<Optional<Throwable>> taken) {
    send(EventText.COMMENT, taken);
  }

  @Override
  public boolean isAnswered() {
    return false;
  }

  /** Ends the answer, which is all that clients see. */
  @Override
  public void close(Ending ending) {
    cut();
  }

  @Override
  public void cut() {
    if (end()) {
      try {
        context.complete();
      } catch (RuntimeException endedAlready) {
        LOGGER.log(Level.DEBUG, "Cannot end an answer", endedAlready);
      }
    }
  }

  @Override
  public void onWritePossible() {
    goOn();
  }

  /** The client has gone, which no operator needs to know. */
  @Override
  public void onError(Throwable failure) {
    LOGGER.log(Level.DEBUG, "A client has left", failure);
    cut();
  }

  @Override
  public void onError(AsyncEvent event) {
    cut();
  }

  /** There is no time limit of ours. */
  @Override
  public void onTimeout(AsyncEvent event) {
    cut();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    var unusedFirst = end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nobody starts it again.
  }

  /**
   * Writes what is on its way as far as that can be done, and reports when the connection has it.
   */
  private void goOn() {
    Optional<Consumer<Optional<Throwable>>> taken = Optional.empty();
    Optional<Throwable> failure = Optional.empty();
    using.lock();
    try {
      if (onItsWay.isPresent() && output.isPresent() && !ended && write(output.get())) {
        taken = onItsWay;
      }
    } catch (IOException | RuntimeException gone) {
      taken = onItsWay;
      failure = Optional.of(gone);
    } finally {
      if (taken.isPresent()) {
        onItsWay = Optional.empty();
      }
      using.unlock();
    }
    if (taken.isPresent()) {
      taken.get().accept(failure);
    }
    if (failure.isPresent()) {
      cut();
    }
  }

  /** Returns whether the connection has the event; if not, the container calls back. */
  private boolean write(ServletOutputStream to) throws IOException {
    if (unwritten.isPresent() && to.isReady()) {
      byte[] event = unwritten.get();
      unwritten = Optional.empty();
      to.write(event);
      unflushed = true;
    }
    if (unflushed && to.isReady()) {
      unflushed = false;
      to.flush();
    }
    return unwritten.isEmpty() && !unflushed && to.isReady();
  }

  /**
   * Lets nothing more be written: when an answer has ended, Payara uses its output for others.
   *
   * <p>The wait for a write has an end, in case the container holds what that needs.
   *
   * @return whether it was open until now
   */
  private boolean end() {
    boolean held = false;
    try {
      held = using.tryLock(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean first = !ended;
    ended = true;
    if (held) {
      using.unlock();
    }
    client.ifPresent(Client::gone);
    follower.run();
    return first;
  }
}
