package org.runmetrics.push;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that goes on when it is signalled, on one worker at a time.
 *
 * <p>A step sees all that happened before the signal. Signals that come while a step waits or runs
 * are one more step. Steps end soon, and say so if there is more to do: others have their turn in
 * between. Safe for use by several threads.
 */
public final class Turn {
  private static final Logger LOGGER = System.getLogger(Turn.class.getName());

  /** A part of the work. */
  @FunctionalInterface
  public interface Step {
    /** Works a little, and returns true if it stopped only to give others a turn. */
    boolean run();
  }

  private final Workers workers;
  private final Step step;

  /** Signals not yet answered by a step; above zero, a step runs or will. */
  private final AtomicInteger signals = new AtomicInteger();

  /** Does nothing until the first signal. */
  public Turn(Workers workers, Step step) {
    this.workers = workers;
    this.step = step;
  }

  /** Asks for a step, without waiting for it. */
  public void signal() {
    if (signals.getAndIncrement() == 0) {
      workers.run(this::run);
    }
  }

  private void run() {
    int answered = signals.get();
    boolean more = false;
    try {
      more = step.run();
    } catch (RuntimeException | Error failure) {
      LOGGER.log(Level.WARNING, "A step failed; the next signal tries again", failure);
    } finally {
      // Signals that are not answered keep others from starting a second step.
      if (more || signals.addAndGet(-answered) != 0) {
        workers.run(this::run);
      }
    }
  }
}
