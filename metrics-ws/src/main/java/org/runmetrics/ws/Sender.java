package org.runmetrics.ws;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.runmetrics.frame.Control;
import org.runmetrics.frame.FrameBatch;
import org.runmetrics.frame.Goodbye;

/**
 * Writes to one client as much as the connection takes, and notices when the client is gone or
 * stuck.
 *
 * <p>Never waits for a client: what the connection does not take stays with the caller, who is
 * called back. {@link #takesMessages}, {@link #send} and {@link #hangUp} are called by one thread
 * at a time; others only leave word of what is to be sent, and wake it.
 */
final class Sender {
  private static final Logger LOGGER = System.getLogger(Sender.class.getName());

  /** The longest wait for another thread to hand over frames, which is to take no time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final WebConnection connection;
  private final ServletOutputStream output;

  private final Pulse pulse;

  /** Asks for a call of {@link #send}. */
  private final Runnable wake;

  /** Held while frames are handed to the container. */
  private final ReentrantLock handing = new ReentrantLock();

  private volatile boolean ended;

  /** Whether the container has allowed the first write. */
  private volatile boolean open;

  private final AtomicBoolean pingIsDue = new AtomicBoolean();

  /** Changed under the lock of this, which is never held for long. */
  private volatile Optional<ByteBuffer> pong = Optional.empty();

  private volatile Optional<Goodbye> goodbye = Optional.empty();

  /** Whether nothing is to be waited for once the goodbye is sent. */
  private volatile boolean needsNoAnswer;

  /** Whether the goodbye was written; used by {@link #send}. */
  private boolean said;

  /** Whether the client was to go by the last look; used by {@link #look}. */
  private boolean overdue;

  Sender(WebConnection connection, Duration patience, Runnable wake) throws IOException {
    this.connection = connection;
    this.output = connection.getOutputStream();
    this.pulse = new Pulse(patience);
    this.wake = wake;
  }

  /** Tells whether nothing can be sent any more. */
  boolean isEnded() {
    return ended;
  }

  /** Tells whether the client is to go, or has gone. */
  boolean isLeaving() {
    return ended || goodbye.isPresent();
  }

  /** Goes on, as the container asks for it. */
  void goOn() {
    open = true;
    pulse.taken();
    wake.run();
  }

  /** Takes note of what the client says. */
  void hear(Control control) {
    if (!pulse.hear()) {
      end();
    } else if (control instanceof Control.Ping ping) {
      synchronized (this) {
        pong = Optional.of(ping.payload());
      }
      wake.run();
    } else if (control instanceof Control.Close close) {
      needsNoAnswer = true;
      close(close.goodbye());
    } else if (control instanceof Control.Malformed malformed) {
      close(Goodbye.malformed(malformed.reason()));
    }
  }

  /** Says goodbye as soon as something can be written, and nothing after it. */
  void close(Goodbye reason) {
    synchronized (this) {
      goodbye = goodbye.or(() -> Optional.of(reason));
    }
    wake.run();
  }

  /** Tells whether messages can be sent now; if not, there is a call once they can. */
  boolean takesMessages() {
    handing.lock();
    try {
      return isReady() && goodbye.isEmpty();
    } catch (RuntimeException gone) {
      LOGGER.log(Level.DEBUG, "Cannot ask for a client", gone);
      ended = true;
      wake.run();
      return false;
    } finally {
      handing.unlock();
    }
  }

  /** Sends messages, none unless they are taken, and what else is to be said. */
  void send(FrameBatch batch) {
    boolean finished;
    handing.lock();
    try {
      if (!said && isReady()) {
        write(batch);
      }
      // Asked again: a goodbye that is only half taken is not sent.
      finished = said && needsNoAnswer && isReady();
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
    if (ended || overdue) {
      end();
      return;
    }
    switch (pulse.look()) {
      case STUCK -> close(Goodbye.later("Nothing was read"));
      case SILENT -> {
        needsNoAnswer = true;
        close(Goodbye.leaving("No answer"));
      }
      case WELL -> {
        pingIsDue.set(true);
        wake.run();
      }
    }
    overdue = isLeaving();
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

  /**
   * Closes the connection, after {@link #end}.
   *
   * <p>Undertow waits in close until the client has read everything, which may be never. A channel
   * that an interrupted thread writes to is closed at once (InterruptibleChannel); where all is
   * written already, the interruption changes nothing.
   */
  void hangUp() {
    Thread.currentThread().interrupt();
    try {
      connection.close();
    } catch (Exception closedAlready) {
      LOGGER.log(Level.DEBUG, "Cannot close a connection", closedAlready);
    } finally {
      Thread.interrupted();
    }
  }

  private void write(FrameBatch batch) throws IOException {
    synchronized (this) {
      pong.ifPresent(batch::addPong);
      pong = Optional.empty();
    }
    if (pingIsDue.getAndSet(false)) {
      batch.addPing();
    }
    Optional<Goodbye> last = goodbye;
    last.ifPresent(batch::addClose);
    said = last.isPresent();
    if (batch.size() > 0) {
      // Undertow writes whole arrays only, whatever part of one is asked for.
      output.write(batch.toByteArray());
      output.flush();
    }
  }

  /** Asks the container, which calls back if the answer is no. */
  private boolean isReady() {
    boolean ready = !ended && open && output.isReady();
    pulse.ready(ready);
    return ready;
  }
}
