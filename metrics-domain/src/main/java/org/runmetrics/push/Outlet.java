package org.runmetrics.push;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The connection of one client, as its transport serves it.
 *
 * <p>No method waits for the client. {@link #send}, {@link #ping} and {@link #close} are called by
 * one thread at a time, never while a message is on its way, and never after {@link #close}. When
 * the connection has ended, for whatever reason, the transport calls {@link Client#gone()}.
 *
 * @param <M> what a message is
 */
public interface Outlet<M> {

  /**
   * Hands over one message.
   *
   * @param taken called once, by any thread, perhaps before this returns: when the connection took
   *     the message, or with the reason why it never will
   */
  void send(M message, Consumer<Optional<Throwable>> taken);

  /** Sends what keeps the connection alive, and reports it as it does a message. */
  void ping(Consumer<Optional<Throwable>> taken);

  /**
   * Returns whether clients answer a ping, which the transport reports by {@link Client#heard()}.
   */
  boolean isAnswered();

  /** Says goodbye. */
  void close(Ending ending);

  /**
   * Ends the connection at once, whatever is on its way, and does nothing once it has ended. May be
   * called by any thread, also several times.
   */
  void cut();
}
