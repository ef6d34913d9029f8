package org.runmetrics.push;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * A source that is over for its client as soon as that may have it no longer.
 *
 * @param source what the client gets
 * @param allowed asked before each message; quick
 * @param reason for the goodbye
 */
public record AllowedSource<M>(Source<M> source, BooleanSupplier allowed, String reason)
    implements Source<M> {
  @Override
  public Next<M> next() throws IOException {
    return allowed.getAsBoolean()
        ? source.next()
        : new Next.Over<>(new Ending(Ending.Why.DONE, reason));
  }

  @Override
  public void leave() {
    source.leave();
  }
}
