package org.runmetrics.image;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.line.LineRoom;
import org.runmetrics.scan.EventFile;
import org.runmetrics.series.ImageLines;

/** Reads images one after the other, and holds none of them. Not safe for several threads. */
public final class ImageReader implements AutoCloseable {
  /** Nothing where there is no image. */
  private final Optional<EventFile> file;

  private final ImageLines lines;
  private final ImageFilter filter;
  private final LineRoom room = new LineRoom();
  private int place;

  ImageReader(Optional<EventFile> file, ImageLines lines, ImageFilter filter) {
    this.file = file;
    this.lines = lines;
    this.filter = filter;
  }

  /**
   * Passes over some images without reading them, which a filter that is open lets through.
   *
   * @return how many there were
   */
  public int skip(int most) {
    int skipped = filter.isOpen() ? Math.min(most, lines.count() - place) : 0;
    place += skipped;
    return skipped;
  }

  /** Returns the next image that the filter lets through, if there is one. */
  public Optional<Image> next() throws IOException {
    while (place < lines.count()) {
      Image image = read(lines.offset(place++));
      if (filter.lets(image)) {
        return Optional.of(image);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  private Image read(long offset) throws IOException {
    Optional<Event> event = EventParser.parse(file.orElseThrow().line(offset, room));
    if (event.isPresent() && event.get() instanceof Event.Image image) {
      return Image.of(image);
    }
    throw new IOException("The events were rewritten while they were read");
  }
}
