package org.runmetrics.web.log;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.runmetrics.log.row.LogRows;
import org.runmetrics.log.row.OpenLog;
import org.runmetrics.log.row.ReplacedException;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.query.Viewers;

/** Opens the log that a request names, and ends the request with the right error. */
@Singleton
public class RequestedLogs {
  private static final Logger LOG = System.getLogger(RequestedLogs.class.getName());

  /** A log that is replaced while it is read is read again. */
  private static final int ATTEMPTS = 3;

  private final Viewers viewers;
  private final LogRows rows;

  /** Looks runs up, and their logs. */
  @Inject
  public RequestedLogs(Viewers viewers, LogRows rows) {
    this.viewers = viewers;
    this.rows = rows;
  }

  /** Makes an answer of a log; nothing where the run has none yet. */
  @FunctionalInterface
  interface Reader {
    Response read(Optional<OpenLog> log) throws IOException;
  }

  /** Reads from a log. */
  @FunctionalInterface
  interface Part<T> {
    T read(OpenLog log) throws IOException;
  }

  /** Returns the run of an id. */
  RunDirectory run(String id, HttpServletRequest request) {
    return viewers.runs(request).run(id);
  }

  /** Opens the log of a run for an answer. */
  Response answer(RunDirectory run, Reader reader) {
    for (int attempt = 1; ; attempt++) {
      Optional<OpenLog> log = Optional.empty();
      try {
        log = open(run);
        return reader.read(log);
      } catch (IOException failure) {
        if (!isReplaced(failure) || attempt == ATTEMPTS) {
          throw unreadable(run, failure);
        }
      } catch (UncheckedIOException failure) {
        if (!isReplaced(failure) || attempt == ATTEMPTS) {
          throw unreadable(run, failure);
        }
      } finally {
        log.ifPresent(OpenLog::close);
      }
    }
  }

  Optional<OpenLog> open(RunDirectory run) throws IOException {
    return rows.open(run);
  }

  /** Reads from a log where failures are told by {@link UncheckedIOException}. */
  static <T> T part(OpenLog log, Part<T> part) {
    try {
      return part.read(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isReplaced(Throwable failure) {
    return failure instanceof ReplacedException || failure.getCause() instanceof ReplacedException;
  }

  private static RuntimeException unreadable(RunDirectory run, Exception cause) {
    return Problem.passing(cause)
        .orElseGet(
            () -> {
              LOG.log(Level.WARNING, "Cannot read the log of run " + run.id(), cause);
              return Problem.internal("Failed to read the log");
            });
  }
}
