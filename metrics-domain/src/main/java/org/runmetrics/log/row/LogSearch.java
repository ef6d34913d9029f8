package org.runmetrics.log.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.runmetrics.log.Escapes;
import org.runmetrics.log.row.LogMatch.Span;

/**
 * Searches the rows of a log, which are handed to it in order.
 *
 * <p>Used by one thread.
 */
final class LogSearch implements RowTaker {
  /** Of all matches together; a longer row still comes alone. */
  private static final int MAX_CHARACTERS = 4 << 20;

  private static final int ROWS_BETWEEN_LOOKS = 1 << 8;

  private final TextSearch search;
  private final long from;
  private final int limit;
  private final long deadline;
  private final List<LogMatch> matches = new ArrayList<>();
  private long characters;
  private long count;
  private boolean complete = true;

  /**
   * Searches until a time has passed.
   *
   * @param from the first row of which matches are kept
   * @param limit how many are kept
   */
  LogSearch(TextSearch search, long from, int limit, Duration time) {
    this.search = search;
    this.from = from;
    this.limit = limit;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  @Override
  public boolean wants(long row) {
    return true;
  }

  @Override
  public boolean take(LogRow row) {
    try {
      Optional<List<Span>> found = search.find(Escapes.strip(row.text()), deadline);
      if (found.isPresent()) {
        count++;
        keep(row, found.get());
      }
    } catch (TextSearch.TimeUpException late) {
      complete = false;
      return false;
    }
    if (row.row() % ROWS_BETWEEN_LOOKS == 0 && System.nanoTime() - deadline > 0) {
      complete = false;
    }
    return complete;
  }

  private void keep(LogRow row, List<Span> at) {
    boolean fits = matches.isEmpty() || characters + row.text().length() <= MAX_CHARACTERS;
    if (row.row() >= from && matches.size() < limit && fits) {
      characters += row.text().length();
      matches.add(new LogMatch(row, at));
    } else if (row.row() >= from) {
      // What does not fit is left out with all that follows, so that there is no gap.
      characters = MAX_CHARACTERS + 1L;
    }
  }

  LogMatches found() {
    return new LogMatches(matches, count, complete);
  }
}
