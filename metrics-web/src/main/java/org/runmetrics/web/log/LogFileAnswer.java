package org.runmetrics.web.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.runmetrics.log.row.LogVersion;
import org.runmetrics.log.row.OpenLog;
import org.runmetrics.log.row.ReplacedException;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.web.answer.StreamedAnswer;
import org.runmetrics.web.query.ByteRange;

/**
 * A piece of a log on its way to a client, a block at a time.
 *
 * @param run whose log it is
 * @param logs opens the log
 * @param version what the headers of the answer say
 * @param range which bytes
 */
record LogFileAnswer(RunDirectory run, RequestedLogs logs, LogVersion version, ByteRange range)
    implements StreamedAnswer {

  @Override
  public void write(OutputStream stream) throws IOException {
    try (OpenLog log = open()) {
      if (!log.version().file().equals(version.file())) {
        throw new UncheckedIOException(new ReplacedException());
      }
      log.copy(range.from(), range.to(), stream);
    } catch (ReplacedException broken) {
      // What was announced cannot be sent any more.
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public boolean isLong() {
    return range.length() > SHORT_BYTES;
  }

  private OpenLog open() throws IOException {
    return logs.open(run).orElseThrow(() -> new UncheckedIOException(new ReplacedException()));
  }
}
