package org.runmetrics.series.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.runmetrics.json.Kind;

/** Blocks tell what a plain pass over the values tells, also when the column has grown. */
class BlockAggregatesProperties {

  private static final double[] UNUSUAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE / 1e6,
    -1 / 3.0,
    1 / 7.0
  };

  /** What a metric logs. */
  enum Habit {
    SMALL_WHOLES,
    FALLING_WHOLES,
    WHOLES_BEYOND_DOUBLES,
    SHORT_DECIMALS,
    MORE_AND_MORE_DECIMALS,
    DOUBLES,
    NOT_FINITE,
    AROUND_NOUGHT,
    KINDS_IN_TURN,
    CONSTANT
  }

  @Property(tries = 300)
  void stretchesAreThoseOfAPlainPass(
      @ForAll Habit habit, @ForAll @IntRange(max = 3000) int rows, @ForAll long seed) {
    Random random = new Random(seed);
    ColumnBuilder builder = new ColumnBuilder();
    add(builder, habit, 0, rows, random);

    checkStretches(builder.build(), random);
  }

  @Property(tries = 300)
  void aColumnThatGrewTellsWhatOneMadeAtOnceTells(
      @ForAll("growths") Habit[] habits, @ForAll long seed) {
    Random random = new Random(seed);
    Column column = Column.empty();
    int rows = 0;
    for (Habit habit : habits) {
      ColumnBuilder builder = new ColumnBuilder();
      builder.resume(column);
      int more = random.nextInt(700);
      add(builder, habit, rows, rows + more, random);
      rows += more;
      column = builder.build();
      if (random.nextBoolean()) {
        checkStretches(column, random);
      }
    }
    checkStretches(column, random);
  }

  @Provide
  Arbitrary<Habit[]> growths() {
    Arbitrary<Habit[]> steady = Arbitraries.of(Habit.class).map(it -> new Habit[] {it, it, it, it});
    return Arbitraries.oneOf(steady, Arbitraries.of(Habit.class).array(Habit[].class).ofSize(3));
  }

  private static void add(ColumnBuilder builder, Habit habit, int from, int to, Random random) {
    for (int row = from; row < to; row++) {
      if (random.nextInt(10) == 0) {
        continue;
      }
      switch (habit) {
        case SMALL_WHOLES -> builder.whole(row, random.nextInt(40));
        case FALLING_WHOLES -> builder.whole(row, 5_000_000_000L - row * 1000L);
        case WHOLES_BEYOND_DOUBLES -> builder.whole(row, (1L << 60) + random.nextInt(5));
        case SHORT_DECIMALS -> builder.scaled(row, random.nextInt(2_000_000) - 1_000_000, 6);
        case MORE_AND_MORE_DECIMALS -> builder.scaled(row, random.nextInt(900), row / 500);
        case DOUBLES -> builder.decimal(row, random.nextGaussian());
        case NOT_FINITE -> builder.decimal(row, UNUSUAL[random.nextInt(UNUSUAL.length)]);
        case AROUND_NOUGHT -> builder.decimal(row, random.nextBoolean() ? -0.0 : 0.0);
        case KINDS_IN_TURN -> addKind(builder, row, random);
        case CONSTANT -> builder.whole(row, 7);
      }
    }
  }

  private static void addKind(ColumnBuilder builder, int row, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> builder.text(row, "warm-up");
      case 1 -> builder.word(row, Kind.NULL);
      case 2 -> builder.whole(row, Long.MAX_VALUE - random.nextInt(3));
      default -> builder.decimal(row, random.nextInt(9) / 7.0);
    }
  }

  private static void checkStretches(Column column, Random random) {
    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(column.length() + 1);
      int to = from + random.nextInt(column.length() - from + 1);
      checkStretch(column, from, to);
    }
    checkStretch(column, 0, column.length());
  }

  private static void checkStretch(Column column, int from, int to) {
    Aggregate plain = new Aggregate();
    for (int row = from; row < to; row++) {
      if (column.kind(row).isNumber()) {
        plain.add(column.number(row));
      }
    }
    Aggregate found = new Aggregate();
    column.aggregate(from, to, found);

    assertThat(found.values()).isEqualTo(plain.values());
    assertThat(found.finite()).isEqualTo(plain.finite());
    // By their bits, which tell noughts apart.
    assertThat(Double.doubleToLongBits(found.min()))
        .isEqualTo(Double.doubleToLongBits(plain.min()));
    assertThat(Double.doubleToLongBits(found.max()))
        .isEqualTo(Double.doubleToLongBits(plain.max()));
    double size = Math.max(Math.abs(plain.min()), Math.abs(plain.max())) * plain.finite();
    assertThat(found.sum()).isCloseTo(plain.sum(), within(plain.finite() == 0 ? 0 : 1e-12 * size));
    if (plain.finite() > 0) {
      assertThat(column.rowOf(from, to, true, found.min()))
          .isEqualTo(firstRowOf(column, from, to, true));
      assertThat(column.rowOf(from, to, false, found.max()))
          .isEqualTo(firstRowOf(column, from, to, false));
    }
  }

  private static int firstRowOf(Column column, int from, int to, boolean smallest) {
    int best = -1;
    for (int row = from; row < to; row++) {
      if (column.kind(row).isNumber()
          && Double.isFinite(column.number(row))
          && (best < 0 || isBetter(column, row, best, smallest))) {
        best = row;
      }
    }
    return best;
  }

  private static boolean isBetter(Column column, int row, int best, boolean smallest) {
    int order = Double.compare(column.number(row) + 0.0, column.number(best) + 0.0);
    if (order == 0 && column.kind(row) == Kind.WHOLE && column.kind(best) == Kind.WHOLE) {
      order = Long.compare(column.whole(row), column.whole(best));
    }
    return smallest ? order < 0 : order > 0;
  }
}
