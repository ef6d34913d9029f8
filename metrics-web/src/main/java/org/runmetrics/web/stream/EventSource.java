package org.runmetrics.web.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.util.Optional;

/** Where a stream's events come from. Used by one thread at a time, but for {@link #leave()}. */
interface EventSource {

  /**
   * Takes the next event, if there is one now.
   *
   * @throws IOException if what is to be sent cannot be read
   */
  Optional<OutboundSseEvent> next() throws IOException;

  /** Tells whether no event will come any more. */
  boolean isOver();

  /** Lets go of what the events are made of; may come several times. */
  void leave();
}
