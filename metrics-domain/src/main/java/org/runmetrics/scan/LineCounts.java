package org.runmetrics.scan;

/**
 * Lines by what they were.
 *
 * @param lines all of them
 * @param objects lines that hold a JSON object
 * @param skipped lines that hold no valid event
 */
public record LineCounts(long lines, long objects, long skipped) {

  static final LineCounts NONE = new LineCounts(0, 0, 0);

  LineCounts plus(LineCounts other) {
    return new LineCounts(lines + other.lines, objects + other.objects, skipped + other.skipped);
  }
}
