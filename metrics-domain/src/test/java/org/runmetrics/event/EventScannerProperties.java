package org.runmetrics.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Wherever the scanner gives an answer, it is the parser's, bit by bit. */
class EventScannerProperties {

  @Property(tries = 3000)
  void the_scanner_agrees_with_the_parser(@ForAll("logs") List<String> lines) {
    EventScanner scanner = new EventScanner();
    for (String line : lines) {
      boolean scanned = agree(scanner, line.getBytes(StandardCharsets.UTF_8));
      Statistics.label("usual lines").collect(scanned);
    }
  }

  @Property(tries = 3000)
  void the_scanner_agrees_on_mutated_lines(
      @ForAll("logs") List<String> lines, @ForAll("mutations") List<Mutation> mutations) {
    EventScanner scanner = new EventScanner();
    for (String line : lines) {
      agree(scanner, line.getBytes(StandardCharsets.UTF_8));
      for (Mutation mutation : mutations) {
        agree(scanner, mutation.apply(line.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  /**
   * Scans a line as one of a known template, and if it is of none, learns it as its reader would.
   */
  private static boolean agree(EventScanner scanner, byte[] line) {
    if (indexOf(line, '\n') >= 0) {
      return false;
    }
    int end = 3 + line.length;
    int behind = end + 1;
    byte[] block = new byte[behind + EventScanner.SLACK_BYTES];
    System.arraycopy(line, 0, block, 3, line.length);
    block[end] = '\n';
    int found = scanner.scan(block, 3, behind);
    if (found == EventScanner.NOT_USUAL && !scanner.learn(block, 3, end, behind)) {
      return false;
    }
    assertThat(found).isIn(EventScanner.NOT_USUAL, behind);
    String text = new String(line, StandardCharsets.UTF_8);
    assertThat(Optional.<Event>of(scanner.metrics().event()))
        .as(text)
        .isEqualTo(EventParser.parse(text));
    assertThat(scanner.metrics().event().values().keySet())
        .containsExactlyElementsOf(
            ((Event.Metrics) EventParser.parse(text).orElseThrow()).values().keySet());
    assertIsNotReadWithoutItsEnd(scanner, block, behind);
    return true;
  }

  /** Wherever a block ends in a line, what lies behind in the array is not read as its end. */
  private static void assertIsNotReadWithoutItsEnd(EventScanner scanner, byte[] block, int behind) {
    int read = 0;
    for (int limit = 3; limit < behind; limit++) {
      read += scanner.scan(block, 3, limit) == EventScanner.NOT_USUAL ? 0 : 1;
    }
    assertThat(read).isZero();
  }

  private static int indexOf(byte[] bytes, char c) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(c);
  }

  /** Replaces, inserts or removes bytes at a place between 0 and 1 of the line. */
  record Mutation(double place, int remove, String insert) {
    byte[] apply(byte[] line) {
      int at = (int) (place * line.length);
      int removed = Math.min(remove, line.length - at);
      byte[] inserted = insert.getBytes(StandardCharsets.ISO_8859_1);
      byte[] mutated = new byte[line.length - removed + inserted.length];
      System.arraycopy(line, 0, mutated, 0, at);
      System.arraycopy(inserted, 0, mutated, at, inserted.length);
      int rest = at + removed;
      System.arraycopy(line, rest, mutated, at + inserted.length, line.length - rest);
      return mutated;
    }
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    Arbitrary<String> insert =
        Arbitraries.of(
            "",
            "0",
            "-",
            "+",
            ".",
            "e",
            "E9",
            "\"",
            "\\",
            ",",
            ":",
            "{",
            "}",
            "[",
            "]",
            " ",
            "\t",
            "\r",
            "\u0000",
            "N",
            "NaN",
            "Infinity",
            "true",
            "null",
            "00",
            "1e5",
            "e400",
            "\u00ff",
            "\u00c3\u00a9",
            "\"a\": 1, ",
            ", \"loss\": 2",
            "}}",
            "9".repeat(20),
            "\"type\"");
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(0, 3), insert)
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** Lines of a few calls that alternate, with values of their own each time. */
  @Provide
  Arbitrary<List<String>> logs() {
    Arbitrary<List<List<String>>> calls = names().list().ofMinSize(1).ofMaxSize(3);
    return calls.flatMap(
        names ->
            Arbitraries.of(names)
                .flatMap(EventScannerProperties::line)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6));
  }

  private static Arbitrary<List<String>> names() {
    return Arbitraries.of(
            "loss",
            "acc",
            "lr",
            "val/loss",
            "n\u00e4me",
            "\u5c0f",
            "time",
            "stage",
            "step",
            "global_step",
            "epoch",
            "a b",
            "q\\\"")
        .list()
        .uniqueElements()
        .ofMaxSize(6)
        .flatMap(
            list ->
                Arbitraries.of(true, true, true, false)
                    .map(
                        step -> {
                          List<String> all = new ArrayList<>(list);
                          if (step && !all.contains("global_step")) {
                            all.add("global_step");
                          }
                          return all;
                        }));
  }

  private static Arbitrary<String> line(List<String> names) {
    Arbitrary<List<String>> values = value().list().ofSize(names.size());
    Arbitrary<String> space = Arbitraries.of(" ", " ", " ", "", "  ");
    Arbitrary<String> time = Arbitraries.of("1767225600.13", "5", "null", "NaN", "\"x\"", "1e400");
    Arbitrary<Integer> form = Arbitraries.integers().between(0, 6);
    return Combinators.combine(values, space, time, form)
        .as((list, blank, ts, layout) -> render(names, list, blank, ts, layout));
  }

  private static String render(
      List<String> names, List<String> values, String blank, String ts, int form) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String value = names.get(i).equals("global_step") && form > 1 ? "" + i : values.get(i);
      members.add("\"" + names.get(i) + "\":" + blank + value);
    }
    String data = "{" + String.join("," + blank, members) + "}";
    return switch (form) {
      case 0 -> "{\"type\": \"metrics\", \"data\": " + data + ", \"ts\": " + ts + "}";
      case 1 -> "{\"data\":" + data + ",\"type\":\"metrics\"}";
      case 2 -> "{\"ts\": " + ts + ", \"run\": 7, \"type\": \"metrics\", \"data\": " + data + "}";
      default -> "{\"ts\": " + ts + ", \"type\": \"metrics\", \"data\": " + data + "}";
    };
  }

  private static Arbitrary<String> value() {
    Arbitrary<String> doubles =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite).map(d -> "" + d);
    Arbitrary<String> decimals = Arbitraries.bigDecimals().map(Object::toString);
    return Arbitraries.oneOf(
        doubles,
        decimals,
        Arbitraries.doubles().between(-1, 1).ofScale(6).map(d -> "" + d),
        Arbitraries.doubles().between(-1, 1).map(d -> new BigDecimal("" + d).toPlainString()),
        Arbitraries.longs().map(Object::toString),
        Arbitraries.bigIntegers().map(Object::toString),
        Arbitraries.of(
            "0",
            "-0",
            "-0.0",
            "0.0",
            "1.0",
            "5e-324",
            "1e400",
            "-1e400",
            "1E5",
            "1e-5",
            "2.5e+3",
            "123456789012345678",
            "1234567890123456789",
            "12345678901234567890",
            "9007199254740993.0",
            "0.1234567890123456789",
            "01",
            "1.",
            ".5",
            "-",
            "1e",
            "+1",
            "0x1"),
        Arbitraries.of("NaN", "Infinity", "-Infinity", "null", "true", "false", "nul", "Nan"),
        Arbitraries.of(
            "\"train\"",
            "\"\"",
            "\"\u5c0f\"",
            "\"a\\nb\"",
            "\"\\ud800\"",
            "[1]",
            "{}",
            "\"a",
            "[]"));
  }
}
