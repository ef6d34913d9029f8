package org.runmetrics.series;

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
  private volatile Optional<Pyramid<?>> whole = Optional.empty();

  /** The blocks of the first values, until there are those of all. */
  private volatile Optional<Blocks> first = Optional.empty();

  /**
   * Returns the pyramid of all values.
   *
   * @param builder makes it, from the blocks of the first values if there are any
   */
  Pyramid<?> get(Function<Optional<Blocks>, Pyramid<?>> builder) {
    Optional<Pyramid<?>> built = whole;
    if (built.isEmpty()) {
      built = Optional.of(builder.apply(first));
      whole = built;
      first = Optional.empty();
    }
    return built.orElseThrow();
  }

  /** Takes the blocks of the first values. */
  void growFrom(Optional<Blocks> blocks) {
    first = blocks;
  }

  /** Returns the blocks of all values or of the first ones, if there are any. */
  Optional<Blocks> soFar() {
    // In this order, so that one of both is found while another thread builds.
    Optional<Blocks> part = first;
    Optional<Pyramid<?>> built = whole;
    return built.isPresent() ? built.map(pyramid -> pyramid.blocks) : part;
  }
}
