package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.runmetrics.log.DrawnLine.Piece;

/** Bars and text are all there is of a line, however it is written. */
class DrawnLineProperties {
  private static final String[] FRAGMENTS = {
    "\r",
    "\u001B[A",
    "\u001B[2K",
    "\u001B[31m",
    "\u001B[0m",
    "\u001B ",
    "\b",
    " ",
    "   ",
    "a",
    "INFO ",
    "45%",
    "|",
    "#",
    "█",
    "[",
    "]",
    "[00:01<00:02, 3.4it/s]",
    "[00:01, 3it/s",
    "45/100",
    "it/s",
    "━",
    "━━━",
    "─",
    "12.3/45.6 MB",
    "-----------",
    "[====>   ]",
    "|##  |",
    "0:00:12",
    "eta: 1",
    "(1 of 2)",
    "1",
    "."
  };

  @Property(tries = 2000)
  void nothing_that_shows_is_lost(
      @ForAll @Size(max = 30) List<@IntRange(max = 32) Integer> fragments) {
    String line = fragments.stream().map(i -> FRAGMENTS[i]).collect(Collectors.joining());
    assertThat(visible(pieces(line))).isEqualTo(visible(line));
  }

  /** A pattern that takes more than one pass would not come to an end here. */
  @Property(tries = 25)
  void the_time_grows_no_faster_than_the_line(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 32) Integer> fragments) {
    String unit = fragments.stream().map(i -> FRAGMENTS[i]).collect(Collectors.joining());
    String line = unit.repeat(400_000 / unit.length());
    assertThat(visible(pieces(line))).isEqualTo(visible(line));
  }

  private static String pieces(String line) {
    return DrawnLine.of(line).pieces().stream().map(Piece::text).collect(Collectors.joining());
  }

  private static String visible(String text) {
    return Escapes.strip(text).replaceAll("[ \r]", "");
  }
}
