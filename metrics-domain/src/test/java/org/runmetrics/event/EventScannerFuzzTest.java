package org.runmetrics.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Lines as trainings write them, with bytes changed at random, read by scanner and parser.
 *
 * <p>Every run takes the same lines; {@code -Dfuzz.seed=N -Dfuzz.lines=N} takes others, or more.
 */
class EventScannerFuzzTest {
  private static final String ALPHABET = "0123456789.,:-+eE\"\\{}[] \tNaInfityulrs_\u00e9\u0000";

  private final Random random = new Random(Long.getLong("fuzz.seed", 1));
  private final EventScanner scanner = new EventScanner();

  @Test
  void the_scanner_reads_what_the_parser_reads() {
    int lines = Integer.getInteger("fuzz.lines", 100_000);
    int usual = 0;
    for (int i = 0; i < lines; i++) {
      byte[] line = line().getBytes(StandardCharsets.UTF_8);
      usual += agree(line) ? 1 : 0;
      agree(mutate(line));
    }
    assertThat(usual).isGreaterThan(lines / 2);
  }

  /** Tells whether the line is a usual one. */
  private boolean agree(byte[] line) {
    int behind = line.length + 1;
    byte[] block = Arrays.copyOf(line, behind + EventScanner.SLACK_BYTES);
    block[line.length] = '\n';
    boolean usual =
        scanner.scan(block, 0, behind) == behind || scanner.learn(block, 0, line.length, behind);
    if (usual) {
      String text = new String(line, StandardCharsets.UTF_8);
      assertThat(Optional.<Event>of(scanner.metrics().event()))
          .as(text)
          .isEqualTo(EventParser.parse(text));
    }
    return usual;
  }

  private byte[] mutate(byte[] line) {
    byte[] mutated = line.clone();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(mutated.length);
      byte[] other = ALPHABET.getBytes(StandardCharsets.ISO_8859_1);
      byte replacement = other[random.nextInt(other.length)];
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = replacement;
        case 1 -> {
          byte[] longer = Arrays.copyOf(mutated, mutated.length + 1);
          System.arraycopy(mutated, at, longer, at + 1, mutated.length - at);
          longer[at] = replacement;
          mutated = longer;
        }
        case 2 -> {
          if (mutated.length > 1) {
            System.arraycopy(mutated, at + 1, mutated, at, mutated.length - at - 1);
            mutated = Arrays.copyOf(mutated, mutated.length - 1);
          }
        }
        default -> mutated[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    for (int i = 0; i < mutated.length; i++) {
      // A line feed would make two lines of it.
      mutated[i] = mutated[i] == '\n' ? (byte) ' ' : mutated[i];
    }
    return mutated;
  }

  private String line() {
    StringBuilder data = new StringBuilder();
    String[] names = random.nextInt(4) == 0 ? new String[] {"val/loss"} : new String[] {"a", "lr"};
    for (String name : names) {
      data.append('"').append(name).append("\": ").append(value()).append(", ");
    }
    data.append("\"global_step\": ").append(random.nextInt(5) == 0 ? value() : random.nextInt());
    if (random.nextBoolean()) {
      data.append(", \"time\": ").append(value());
    }
    return "{\"ts\": " + value() + ", \"type\": \"metrics\", \"data\": {" + data + "}}";
  }

  private String value() {
    return switch (random.nextInt(12)) {
      case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong())).replace("E", "e");
      case 1 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 2 -> digits(1 + random.nextInt(22)) + "." + digits(1 + random.nextInt(25));
      case 3 -> "-0." + digits(1 + random.nextInt(9));
      case 4 -> digits(1) + "." + digits(1 + random.nextInt(4)) + "e-" + digits(2);
      case 5 -> digits(1 + random.nextInt(3)) + "e+" + digits(1 + random.nextInt(3));
      case 6 ->
          new String[] {"NaN", "Infinity", "-Infinity", "null", "true", "false"}[random.nextInt(6)];
      case 7 -> '"' + "train\u00e9x".substring(random.nextInt(4)) + '"';
      default -> random.nextInt(100) + "." + digits(1 + random.nextInt(7));
    };
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    digits.append((char) ('1' + random.nextInt(9)));
    while (digits.length() < count) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }
}
