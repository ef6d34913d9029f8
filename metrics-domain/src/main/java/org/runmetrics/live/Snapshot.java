package org.runmetrics.live;

import java.io.IOException;

/**
 * What a feed is about at one moment.
 *
 * @param <P> a place in its history, told by how it was then; the same place is equal
 * @param <C> what changed from one place to another
 */
interface Snapshot<P, C> {

  /** Returns the place of this moment. */
  P place();

  /**
   * Returns all that changed since an earlier place.
   *
   * @throws IOException if what happened since cannot be read
   */
  C changeSince(P earlier) throws IOException;
}
