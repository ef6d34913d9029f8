package org.runmetrics.curve;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class SmoothingProperties {

  @Property
  void a_constant_stays_what_it_is(
      @ForAll double constant,
      @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 0.999) double weight) {
    Smoothing smoothing = new Smoothing(weight);
    for (int i = 0; i < 300; i++) {
      assertThat(smoothing.next(constant)).isEqualTo(constant);
    }
  }

  @Property
  void what_is_smoothed_lies_among_the_values_so_far(
      @ForAll @Size(min = 1, max = 50) double[] values,
      @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 0.999) double weight) {
    Smoothing smoothing = new Smoothing(weight);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      assertThat(smoothing.next(value)).isBetween(min, max);
    }
  }
}
