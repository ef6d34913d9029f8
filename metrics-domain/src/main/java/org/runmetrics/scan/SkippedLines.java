package org.runmetrics.scan;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.event.Event;
import org.runmetrics.event.EventParser;
import org.runmetrics.file.RegularFile;
import org.runmetrics.line.Line;
import org.runmetrics.line.LineReader;

/**
 * The lines of an events file that hold no valid event, told apart by why.
 *
 * @param kinds in the order in which the first line of each stands in the file
 * @param complete whether as many were found as were asked for
 */
public record SkippedLines(List<Kind> kinds, boolean complete) {
  private static final Duration MAX_TIME = Duration.ofSeconds(2);
  private static final long MAX_BYTES = 256L << 20;
  private static final int SHOWN_CHARACTERS = 200;

  /** Why a line is skipped. */
  public enum Reason {
    TOO_LONG("The line is longer than 16 MiB"),
    ZEROS("The line holds zero bytes, as a machine that lost its power leaves them"),
    BROKEN("The line begins like a JSON object and is none, as half a line does"),
    NO_OBJECT("The line is not a JSON object"),
    NO_DATA("The event has no object of data");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** Returns one plain sentence without a full stop. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * Lines that are skipped for one reason.
   *
   * @param count how many
   * @param line the number of the first of them, from 1
   * @param text the beginning of that line
   */
  public record Kind(Reason reason, long count, long line, String text) {
    private Kind oneMore() {
      return new Kind(reason, count + 1, line, text);
    }
  }

  /**
   * Reads a file until all skipped lines are found, for at most two seconds and 256 MiB.
   *
   * @param count how many there are
   */
  public static SkippedLines of(RegularFile events, long count) throws IOException {
    Map<Reason, Kind> kinds = new EnumMap<>(Reason.class);
    long found = 0;
    long number = 0;
    long start = System.nanoTime();
    try (EventFile file = EventFile.open(events)) {
      long size = file.stamp().size();
      LineReader reader = file.linesWithin(0, Math.min(size, MAX_BYTES));
      boolean more = true;
      while (more && found < count && System.nanoTime() - start < MAX_TIME.toNanos()) {
        more = reader.advance();
        if (more) {
          number++;
          found += add(reader.line(), number, kinds) ? 1 : 0;
        }
      }
      if (!more && size <= MAX_BYTES && found < count) {
        // What is still missing is a last event without a line end.
        Line rest = new Line(reader.position(), size, reader.rest(), false);
        found += add(rest, number + 1, kinds) ? 1 : 0;
      }
    }
    return new SkippedLines(
        kinds.values().stream().sorted((one, other) -> Long.compare(one.line, other.line)).toList(),
        found == count);
  }

  private static boolean add(Line line, long number, Map<Reason, Kind> kinds) {
    Optional<Reason> reason = line.isBlank() ? Optional.empty() : reason(line);
    reason.ifPresent(
        why ->
            kinds.merge(
                why,
                new Kind(why, 1, number, beginning(line.text())),
                (first, next) -> first.oneMore()));
    return reason.isPresent();
  }

  private static Optional<Reason> reason(Line line) {
    if (line.cut()) {
      return Optional.of(Reason.TOO_LONG);
    }
    Optional<Event> event = EventParser.parse(line.text());
    if (event.isPresent()) {
      return event.filter(Event.Malformed.class::isInstance).map(none -> Reason.NO_DATA);
    }
    if (line.text().indexOf('\0') >= 0) {
      return Optional.of(Reason.ZEROS);
    }
    return Optional.of(
        line.text().stripLeading().startsWith("{") ? Reason.BROKEN : Reason.NO_OBJECT);
  }

  /** Returns the first characters of a text, of which none is cut in two. */
  private static String beginning(String text) {
    if (text.length() <= SHOWN_CHARACTERS) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(SHOWN_CHARACTERS - 1));
    return text.substring(0, SHOWN_CHARACTERS - (pair ? 1 : 0));
  }
}
