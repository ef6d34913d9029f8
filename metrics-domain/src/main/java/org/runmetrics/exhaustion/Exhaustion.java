package org.runmetrics.exhaustion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * That the server has run out of memory, threads or descriptors of files.
 *
 * <p>It is no fault of a request and it passes, so whoever asks may try again. All that is under
 * way fails of it at the same time, so an operator is told once a minute.
 *
 * @param missing what there is none of, such as {@code memory}
 */
public record Exhaustion(String missing) {
  private static final Logger LOGGER = System.getLogger(Exhaustion.class.getName());
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final int MAX_CAUSES = 10;

  /** When an operator was last told of what, by {@link System#nanoTime}. */
  private static final Map<String, Long> TOLD = new ConcurrentHashMap<>();

  /** Returns what a failure or one of its causes tells, if it tells that there is none left. */
  public static Optional<Exhaustion> of(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof OutOfMemoryError) {
        return Optional.of(new Exhaustion(text.contains("native thread") ? "threads" : "memory"));
      }
      if (cause instanceof RejectedExecutionException) {
        return Optional.of(new Exhaustion("threads"));
      }
      // As the kernel says it, of a process or of the system.
      if (cause instanceof IOException && text.contains("Too many open files")) {
        return Optional.of(new Exhaustion("descriptors of files"));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /**
   * Throws a failure on if it tells that there is none left, so that nothing that could not be
   * looked at is taken for missing.
   */
  public static void rethrow(IOException failure) {
    if (of(failure).isPresent()) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Tells an operator, unless that was done less than a minute ago. */
  public void tell() {
    long now = System.nanoTime();
    Long first = TOLD.putIfAbsent(missing, now);
    boolean isDue =
        first == null || (now - first > SILENCE.toNanos() && TOLD.replace(missing, first, now));
    if (isDue) {
      LOGGER.log(Level.WARNING, "Out of " + missing + ": what needs some fails until there is");
    }
  }
}
