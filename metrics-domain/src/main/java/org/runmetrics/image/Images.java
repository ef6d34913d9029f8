package org.runmetrics.image;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.file.RegularFile;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.scan.EventFile;
import org.runmetrics.series.ImageLines;
import org.runmetrics.series.Position;
import org.runmetrics.series.Series;

/**
 * The images that a run had logged at one moment, in the order of its file.
 *
 * <p>How many there are is known; what they are is read from the file when it is asked for.
 */
public final class Images {
  private final RunDirectory run;
  private final ImageLines lines;
  private final Position position;

  private Images(RunDirectory run, ImageLines lines, Position position) {
    this.run = run;
    this.lines = lines;
    this.position = position;
  }

  /** Returns the images of a run, of which a series was taken. Reads nothing. */
  public static Images of(RunDirectory run, Series series) {
    return new Images(run, series.imageLines(), series.position());
  }

  /** Returns how many there are, at most {@link ImageLines#MOST}. */
  public int count() {
    return lines.count();
  }

  /**
   * Starts to read those that a filter lets through.
   *
   * @throws IOException if the file cannot be read, or is another by now
   */
  public ImageReader open(ImageFilter filter) throws IOException {
    if (lines.count() == 0) {
      return new ImageReader(Optional.empty(), lines, filter);
    }
    RegularFile events = run.events().orElseThrow(() -> new IOException("The events are gone"));
    EventFile file = EventFile.open(events);
    try {
      if (file.continues(position)) {
        return new ImageReader(Optional.of(file), lines, filter);
      }
    } catch (IOException unreadable) {
      file.close();
      throw unreadable;
    }
    file.close();
    throw new IOException("The events were replaced while they were read");
  }
}
