package org.runmetrics.push;

import java.io.IOException;

/**
 * Where the messages of one client come from.
 *
 * <p>It is given a signal when it is made, and calls it, from any thread, whenever there may be
 * something new. It is asked for the first time without. Used by one thread at a time.
 *
 * @param <M> what a message is
 */
public interface Source<M> {

  /**
   * Returns what is to be sent next; asked only when all before was taken.
   *
   * @throws IOException if that cannot be read; the client is ended
   */
  Next<M> next() throws IOException;

  /** Ends: is not asked any more. */
  void leave();
}
