package org.runmetrics.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answer to one client, to which is written what its connection takes, without ever waiting.
 *
 * <p>{@link #isReady} and {@link #send} are called by one thread at a time; the container calls the
 * listeners on threads of its own.
 */
final class StreamOutlet implements WriteListener, AsyncListener {
  private static final Logger LOG = System.getLogger(StreamOutlet.class.getName());
  private static final long MAX_WAIT_MILLIS = 1000;

  private final AsyncContext context;
  private final ServletOutputStream output;
  private final Runnable wake;

  /** Held while the container's output is used. */
  private final ReentrantLock writing = new ReentrantLock();

  private volatile boolean ended;

  private StreamOutlet(AsyncContext context, ServletOutputStream output, Runnable wake) {
    this.context = context;
    this.output = output;
    this.wake = wake;
  }

  /**
   * Begins to answer.
   *
   * @param wake called when more can be sent, or nothing any more; must not block
   */
  static StreamOutlet open(AsyncContext context, Runnable wake) throws IOException {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    // Nginx and what follows it gather answers unless told otherwise.
    response.setHeader("X-Accel-Buffering", "no");
    // Undertow would keep what its buffer holds and the connection does not take, and not tell.
    response.setBufferSize(1);
    ServletOutputStream output = response.getOutputStream();
    StreamOutlet outlet = new StreamOutlet(context, output, wake);
    context.addListener(outlet);
    output.setWriteListener(outlet);
    return outlet;
  }

  /** Tells whether something can be sent now; if not, {@code wake} is called once it can. */
  boolean isReady() {
    writing.lock();
    try {
      return !ended && output.isReady();
    } finally {
      writing.unlock();
    }
  }

  /** Sends an event; only if the outlet is ready. */
  void send(byte[] event) throws IOException {
    writing.lock();
    try {
      if (!ended) {
        output.write(event);
        output.flush();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Tells whether nothing can be sent any more. */
  boolean isEnded() {
    return ended;
  }

  /** Ends the answer. */
  void close() {
    if (end()) {
      try {
        context.complete();
      } catch (RuntimeException endedAlready) {
        LOG.log(Level.DEBUG, "Cannot end a stream of events", endedAlready);
      }
    }
  }

  @Override
  public void onWritePossible() {
    wake.run();
  }

  /** The client has gone, which is nothing to tell an operator. */
  @Override
  public void onError(Throwable failure) {
    LOG.log(Level.DEBUG, "A client left", failure);
    close();
    wake.run();
  }

  @Override
  public void onError(AsyncEvent event) {
    close();
    wake.run();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
    wake.run();
  }

  /** There is no time limit, so this is the server's way to say that it is over. */
  @Override
  public void onTimeout(AsyncEvent event) {
    close();
    wake.run();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nobody starts it again.
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
      held = writing.tryLock(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
      boolean first = !ended;
      ended = true;
      return first;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
      return true;
    } finally {
      if (held) {
        writing.unlock();
      }
    }
  }
}
