package org.runmetrics.scan;

import java.io.IOException;
import java.util.Optional;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.event.EventScanner;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineReader;
import org.runmetrics.series.ImageLines;
import org.runmetrics.series.SegmentBuilder;

/**
 * Reads lines into a segment's builder: the usual ones fast, all others as the parser reads them.
 *
 * <p>Not safe for use by several threads.
 */
final class EventLines {
  private final EventScanner scanner = new EventScanner();
  private final SegmentBuilder builder = new SegmentBuilder();
  private long lines;
  private long objects;
  private long skipped;

  /** Images of all lines read so far. */
  private long images;

  SegmentBuilder builder() {
    return builder;
  }

  /** Returns how many images there were so far. */
  long images() {
    return images;
  }

  /** Reads the next line, and returns whether there was one. */
  boolean read(LineReader reader) throws IOException {
    int behind = scanner.scan(reader.bytes(), reader.next(), reader.filled());
    if (behind != EventScanner.NOT_USUAL && behind - reader.next() <= LineReader.MAX_BYTES) {
      reader.skip(behind);
      builder.add(scanner.metrics());
      objects++;
    } else if (!reader.advance()) {
      return false;
    } else if (!reader.isCut() && isUsual(reader)) {
      builder.add(scanner.metrics());
      objects++;
    } else {
      add(reader.line());
    }
    lines++;
    return true;
  }

  /**
   * A line of a known template comes here where the bytes read so far ended in the middle of it.
   */
  private boolean isUsual(LineReader reader) {
    return scanner.scan(reader.bytes(), reader.start(), reader.next()) == reader.next()
        || scanner.learn(reader.bytes(), reader.start(), reader.end(), reader.next());
  }

  /** Takes text without a line feed, if it is a JSON object, and returns whether it is. */
  boolean read(String text) {
    Optional<Event> event = EventParser.parse(text);
    if (event.isPresent()) {
      lines++;
      add(event, text.length());
    }
    return event.isPresent();
  }

  /** Returns what was counted, and starts anew. */
  LineCounts takeCounts() {
    LineCounts counts = new LineCounts(lines, objects, skipped);
    lines = 0;
    objects = 0;
    skipped = 0;
    return counts;
  }

  private void add(Line line) {
    if (!line.isBlank()) {
      String text = line.text();
      add(line.cut() ? Optional.empty() : EventParser.parse(text), text.length());
    }
  }

  private void add(Optional<Event> event, int length) {
    objects += event.isPresent() ? 1 : 0;
    if (event.isEmpty() || event.get() instanceof Event.Malformed) {
      skipped++;
    } else if (event.get() instanceof Event.Metrics values) {
      builder.add(values);
    } else if (event.get() instanceof Event.Image && length <= ImageLines.MAX_LINE_LENGTH) {
      images++;
    }
  }
}
