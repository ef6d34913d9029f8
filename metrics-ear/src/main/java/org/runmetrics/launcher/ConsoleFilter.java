package org.runmetrics.launcher;

import java.io.IOException;
import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

/**
 * Lets through what Runmetrics says, and the warnings of all others except those about clients that
 * left.
 *
 * <p>Payara's web container sets its own logger to INFO, and Jersey reports a client that leaves
 * before its answer ends as an error, whatever the settings say.
 */
public final class ConsoleFilter implements Filter {
  private static final int MAX_CAUSES = 10;

  @Override
  public boolean isLoggable(LogRecord entry) {
    String logger = String.valueOf(entry.getLoggerName());
    if (logger.startsWith("org.runmetrics.")) {
      return true;
    }
    return entry.getLevel().intValue() >= Level.WARNING.intValue()
        && !(logger.startsWith("org.glassfish.jersey.") && isConnectionLost(entry));
  }

  /** Returns whether writing failed: what fails while reading runs, Runmetrics reports itself. */
  private static boolean isConnectionLost(LogRecord entry) {
    return causes(entry).anyMatch(IOException.class::isInstance);
  }

  private static Stream<Throwable> causes(LogRecord entry) {
    return Stream.iterate(entry.getThrown(), Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES);
  }
}
