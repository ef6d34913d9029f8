package org.runmetrics.series.column;

import java.util.Optional;
import java.util.function.Function;

/**
 * The pyramid of a column that may have grown from a shorter one.
 *
 * <p>Built when it is first asked for; until then it has the blocks of the first values, if they
 * were ever asked for, but not those values, which nobody counts any more. Safe for use by several
 * threads: two that build it at once build the same.
 */
final class GrownPyramid {
  /** Stands for a pyramid that is not built; an Optional would be one more way through memory. */
  private static final Pyramid<?> NONE =
      IntegerPyramid.of(Integers.of(new long[0], 0), 0, Optional.empty());

  private volatile Pyramid<?> whole = NONE;

  /** The blocks of the first values, until there are those of all. */
  private volatile Optional<Blocks> first = Optional.empty();

  /**
   * Returns the pyramid of all values.
   *
   * @param builder makes it, from the blocks of the first values if there are any
   */
  Pyramid<?> get(Function<Optional<Blocks>, Pyramid<?>> builder) {
    Pyramid<?> built = whole;
    if (built == NONE) {
      built = builder.apply(first);
      whole = built;
      first = Optional.empty();
    }
    return built;
  }

  /** Takes the blocks of the first values. */
  void growFrom(Optional<Blocks> blocks) {
    first = blocks;
  }

  /** Returns the blocks of all values or of the first ones, if there are any. */
  Optional<Blocks> soFar() {
    // In this order, so that one of both is found while another thread builds.
    Optional<Blocks> part = first;
    Pyramid<?> built = whole;
    return built == NONE ? part : Optional.of(built.blocks);
  }
}
