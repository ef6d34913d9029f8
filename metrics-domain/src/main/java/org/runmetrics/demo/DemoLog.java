package org.runmetrics.demo;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a sample run prints. */
final class DemoLog implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int BAR_WIDTH = 20;
  private static final int BAR_STEP = 4;

  private final Writer file;

  DemoLog(Writer file) {
    this.file = file;
  }

  /** Prints a line as the tracker does. */
  void line(Instant time, String text) throws IOException {
    file.write(TIME.format(time) + " | " + text + "\n");
  }

  /** Prints the states of a bar and a line with a colour, as a terminal gets them. */
  void bar(int epoch, double loss) throws IOException {
    for (int done = 0; done <= BAR_WIDTH; done += BAR_STEP) {
      file.write(
          String.format(
              Locale.ROOT,
              "\rEpoch %d: %3d%%|%s%s| %d/%d [00:%02d<00:%02d, 9.98it/s, loss=%.3f]",
              epoch,
              100 * done / BAR_WIDTH,
              "█".repeat(done),
              " ".repeat(BAR_WIDTH - done),
              done,
              BAR_WIDTH,
              done / 10,
              (BAR_WIDTH - done) / 10,
              loss));
    }
    file.write(
        String.format(Locale.ROOT, "\n\u001b[32mepoch %d\u001b[0m loss=%.3f\n", epoch, loss));
  }

  void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
