package org.runmetrics.ws;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.runmetrics.frame.Control;
import org.runmetrics.frame.FrameBatch;
import org.runmetrics.frame.Goodbye;

/**
 * Writes to one client as much as the connection takes, and notices when the client is gone or
 * stuck.
 *
 * <p>Never waits for a client: what the connection does not take stays with the caller, who is
 * called back. Safe for use by several threads; {@link #send} and {@link #close()} are called by
 * one at a time.
 */
final class Sender {
  private static final Logger LOGGER = System.getLogger(Sender.class.getName());

  /** The longest wait for another thread to hand over frames, which is to take no time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final WebConnection connection;
  private final ServletOutputStream output;

  /** Longest time in which the connection takes nothing. */
  private final Duration patience;

  /** Asks for a call of {@link #send}. */
  private final Runnable wake;

  /** Held while frames are handed to the container, and for all below. */
  private final ReentrantLock handing = new ReentrantLock();

  private volatile boolean ended;

  /** Whether the container has allowed the first write. */
  private boolean open;

  /** Since when nothing can be written. */
  private OptionalLong fullSince = OptionalLong.empty();

  /** Control frames to send. */
  private boolean pingIsDue;

  private Optional<ByteBuffer> pong = Optional.empty();
  private Optional<Goodbye> goodbye = Optional.empty();

  /** Whether the goodbye was sent, and whether the client has said its own. */
  private boolean said;

  private boolean answered;

  /** Whether the client said or took anything since the last look. */
  private boolean heard = true;

  /** Whether it had not by the last look either. */
  private boolean doubted;

  /** Whether there was a goodbye already by the last look. */
  private boolean overdue;

  Sender(WebConnection connection, Duration patience, Runnable wake) throws IOException {
    this.connection = connection;
    this.output = connection.getOutputStream();
    this.patience = patience;
    this.wake = wake;
  }

  /** Tells whether nothing can be sent any more. */
  boolean isEnded() {
    return ended;
  }

  /** Tells whether the client is to go, or has gone. */
  boolean isLeaving() {
    handing.lock();
    try {
      return ended || goodbye.isPresent();
    } finally {
      handing.unlock();
    }
  }

  /** Goes on, as the container asks for it. */
  void goOn() {
    locked(
        () -> {
          open = true;
          heard = true;
        });
    wake.run();
  }

  /** Takes note of what the client says. */
  void hear(Control control) {
    locked(
        () -> {
          heard = true;
          if (control instanceof Control.Ping ping) {
            pong = Optional.of(ping.payload());
          } else if (control instanceof Control.Close close) {
            answered = true;
            goodbye = goodbye.or(() -> Optional.of(close.goodbye()));
          }
        });
    if (!(control instanceof Control.Pong)) {
      wake.run();
    }
  }

  /** Says goodbye as soon as something can be written, and nothing after it. */
  void close(Goodbye reason) {
    locked(() -> goodbye = goodbye.or(() -> Optional.of(reason)));
    wake.run();
  }

  /** Tells whether messages can be sent now; if not, there is a call once they can. */
  boolean takesMessages() {
    handing.lock();
    try {
      return isReady() && goodbye.isEmpty();
    } finally {
      handing.unlock();
    }
  }

  /** Sends messages, none unless they are taken, and what else is to be said. */
  void send(FrameBatch batch) {
    boolean finished;
    handing.lock();
    try {
      if (isReady() && !said) {
        write(batch);
      }
      finished = said && answered;
    } catch (IOException | RuntimeException gone) {
      LOGGER.log(Level.DEBUG, "Cannot write to a client", gone);
      finished = true;
    } finally {
      handing.unlock();
    }
    if (finished) {
      end();
    }
  }

  /** Pings, and ends what is gone or stuck. */
  void look() {
    Runnable then = wake;
    handing.lock();
    try {
      if (ended || overdue) {
        then = this::end;
      } else if (isStuck()) {
        String reason = "Nothing was read for " + Math.max(1, patience.toSeconds()) + " s";
        goodbye = goodbye.or(() -> Optional.of(Goodbye.later(reason)));
      } else if (!heard && doubted) {
        goodbye = goodbye.or(() -> Optional.of(Goodbye.leaving("No answer")));
        answered = true;
      } else {
        pingIsDue = true;
      }
      overdue = goodbye.isPresent();
      doubted = !heard;
      heard = false;
    } finally {
      handing.unlock();
    }
    then.run();
  }

  /**
   * Writes nothing more, as the connection has ended or is to end.
   *
   * <p>Waits for frames that are just being handed to the container: once a connection has ended,
   * Payara uses its output for other requests, and a late write would end up there. The wait has an
   * end in case the container holds what the other thread needs.
   */
  void end() {
    ended = true;
    try {
      if (handing.tryLock(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        handing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    wake.run();
  }

  /** Closes the connection, which has ended. */
  void close() {
    boolean agreed;
    handing.lock();
    try {
      agreed = said && answered;
    } finally {
      handing.unlock();
    }
    if (!agreed) {
      // Undertow waits in close until the client has read everything, which may be never. A channel
      // that an interrupted thread writes to is closed at once (InterruptibleChannel).
      Thread.currentThread().interrupt();
    }
    try {
      connection.close();
    } catch (Exception closedAlready) {
      LOGGER.log(Level.DEBUG, "Cannot close a connection", closedAlready);
    } finally {
      Thread.interrupted();
    }
  }

  private void write(FrameBatch batch) throws IOException {
    pong.ifPresent(batch::addPong);
    pong = Optional.empty();
    if (pingIsDue) {
      batch.addPing();
      pingIsDue = false;
    }
    goodbye.ifPresent(batch::addClose);
    said = goodbye.isPresent();
    if (batch.size() > 0) {
      // Undertow writes whole arrays only, whatever part of one is asked for.
      output.write(batch.toByteArray());
      output.flush();
    }
  }

  /** Asks the container, which calls back if the answer is no. */
  private boolean isReady() {
    boolean ready = !ended && open && output.isReady();
    if (ready) {
      fullSince = OptionalLong.empty();
    } else if (fullSince.isEmpty()) {
      fullSince = OptionalLong.of(System.nanoTime());
    }
    return ready;
  }

  private boolean isStuck() {
    return fullSince.isPresent() && System.nanoTime() - fullSince.getAsLong() > patience.toNanos();
  }

  private void locked(Runnable change) {
    handing.lock();
    try {
      change.run();
    } finally {
      handing.unlock();
    }
  }
}
