package org.runmetrics.log.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.log.Escapes;
import org.runmetrics.log.WrittenLog;
import org.runmetrics.log.row.LogMatch.Span;

/** A search finds what a plain loop over all rows finds. */
class LogSearchProperties {
  private static final String[] PIECES = {
    "a",
    "A",
    "ab",
    "ba",
    "\n",
    "\n",
    " ",
    "é",
    "\u001B[31ma\u001B[0mb\n",
    "step 3/100 a\n",
    "\r 45%|████      | 45/100 [00:12<00:15,  3.45it/s]\n"
  };

  private static final String[] WORDS = {"a", "ab", "aba", "AB", "é", "45%|", "%", "a\u001B", "."};

  @Property(tries = 300)
  void the_count_and_the_places_are_those_of_a_plain_loop(
      @ForAll long seed,
      @ForAll @IntRange(max = 60) int pieces,
      @ForAll boolean caseMatters,
      @ForAll boolean regex,
      @ForAll @IntRange(max = 10) int from,
      @ForAll @IntRange(min = 1, max = 5) int limit)
      throws IOException {
    Path root = Files.createTempDirectory("log-search");
    try {
      WrittenLog log = new WrittenLog(root);
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pieces; i++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      log.append(text.toString());
      String words = WORDS[random.nextInt(WORDS.length)];
      List<LogRow> matching =
          PlainRows.of(log).stream()
              .filter(row -> matches(Escapes.strip(row.text()), words, caseMatters, regex))
              .toList();

      LogMatches found;
      TextSearch search =
          regex
              ? TextSearch.expression(words.replace("|", "\\|"), caseMatters)
              : TextSearch.words(words, caseMatters);
      try (OpenLog open = new LogRows().open(log.run()).orElseThrow()) {
        found = open.search(search, from, limit);
      }

      assertThat(found.complete()).isTrue();
      assertThat(found.count()).isEqualTo(matching.size());
      assertThat(found.matches().stream().map(LogMatch::row))
          .isEqualTo(matching.stream().filter(row -> row.row() >= from).limit(limit).toList());
      for (LogMatch match : found.matches()) {
        assertThat(match.at()).isNotEmpty();
        String plain = Escapes.strip(match.row().text());
        for (Span span : match.at()) {
          String piece = plain.substring(span.start(), span.end());
          assertThat(matches(piece, words, caseMatters, regex)).isTrue();
          assertThat(piece).hasSameSizeAs(words);
        }
      }
    } finally {
      delete(root);
    }
  }

  @Example
  void an_expression_that_would_take_years_ends_when_its_time_is_up() throws IOException {
    Path root = Files.createTempDirectory("log-search");
    try {
      WrittenLog log = new WrittenLog(root);
      log.append("first a\n" + "a".repeat(5000) + "!\nlast a\n");
      try (OpenLog open = new LogRows().open(log.run()).orElseThrow()) {
        LogMatches found =
            open.search(
                TextSearch.expression("(a*)*(a*)*b|first", true), 0, 10, Duration.ofMillis(50));
        assertThat(found.complete()).isFalse();
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.matches()).hasSize(1);
      }
    } finally {
      delete(root);
    }
  }

  @Example
  void an_expression_that_matches_nothing_long_still_matches_its_row() throws IOException {
    Path root = Files.createTempDirectory("log-search");
    try {
      WrittenLog log = new WrittenLog(root);
      log.append("one\ntwo\n");
      try (OpenLog open = new LogRows().open(log.run()).orElseThrow()) {
        LogMatches found = open.search(TextSearch.expression("x*", true), 0, 10);
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.matches().get(0).at()).isEqualTo(new ArrayList<>());
      }
    } finally {
      delete(root);
    }
  }

  private static boolean matches(String text, String words, boolean caseMatters, boolean regex) {
    if (regex) {
      int flags = caseMatters ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
      return Pattern.compile(words.replace("|", "\\|"), flags).matcher(text).find();
    }
    return caseMatters
        ? text.contains(words)
        : text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
