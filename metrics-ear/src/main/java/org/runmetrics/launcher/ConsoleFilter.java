package org.runmetrics.launcher;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

/**
 * Lets through what Runmetrics says, and the warnings of all others except those about clients that
 * left.
 *
 * <p>Payara's web container sets its own logger to INFO. It reports a client that leaves before its
 * error was sent, and Jersey one that leaves before its answer ends, with a page of the log each,
 * whatever the settings say; they are counted as {@code http_server_left_total}.
 */
public final class ConsoleFilter implements Filter {
  private static final int MAX_CAUSES = 10;

  private static final String EXCEPTION = "java.io.IOException: ";

  /**
   * What Grizzly and the kernel say of a connection that its client has ended. The web container
   * writes its failures into the text of what it reports.
   */
  private static final Set<String> LOST =
      Set.of(
          EXCEPTION + "Connection is closed",
          EXCEPTION + "Connection reset by peer",
          EXCEPTION + "Broken pipe");

  @Override
  public boolean isLoggable(LogRecord entry) {
    String logger = String.valueOf(entry.getLoggerName());
    if (logger.startsWith("org.runmetrics.")) {
      return true;
    }
    // What fails while Jersey reads runs, Runmetrics reports itself; so it was writing that failed.
    boolean jersey = logger.startsWith("org.glassfish.jersey.");
    return entry.getLevel().intValue() >= Level.WARNING.intValue()
        && causes(entry).noneMatch(cause -> isConnectionLost(cause, jersey))
        && LOST.stream().noneMatch(String.valueOf(entry.getMessage())::contains);
  }

  private static boolean isConnectionLost(Throwable cause, boolean whatever) {
    return cause instanceof IOException failure
        && (whatever || LOST.contains(EXCEPTION + failure.getMessage()));
  }

  private static Stream<Throwable> causes(LogRecord entry) {
    return Stream.iterate(entry.getThrown(), Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES);
  }
}
