package org.runmetrics.live;

import java.io.IOException;
import java.util.Optional;

/** What a feed is about. */
interface Subject<P, C> {

  /**
   * Returns how it is now, or nothing if it is gone for good.
   *
   * @throws IOException if that is not known now
   */
  Optional<Snapshot<P, C>> now() throws IOException;
}
