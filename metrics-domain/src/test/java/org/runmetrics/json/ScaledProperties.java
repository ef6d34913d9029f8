package org.runmetrics.json;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ScaledProperties {
  private static final long MAX = 999_999_999_999_999_999L;

  @Property
  void the_nearest_double_is_the_one_that_the_text_stands_for(
      @ForAll @LongRange(min = -MAX, max = MAX) long digits,
      @ForAll @IntRange(max = Scaled.MAX_SCALE) int scale) {
    assertNearestIfAny(digits, scale);
  }

  @Property
  void decimals_beside_the_middle_between_two_doubles_are_rounded_to_the_right_side(
      @ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long fraction,
      @ForAll @IntRange(max = 5) int shift,
      @ForAll @IntRange(min = -2, max = 2) int beside) {
    assertNearestIfAny(((2 * fraction + 1) << shift) + beside, 0);
  }

  @Example
  void digits_of_a_double_as_it_is_printed_have_a_nearest_double() {
    assertThat(Scaled.nearest(9_999_999_999_975_326L, 19)).isEqualTo(0.0009999999999975326);
    assertThat(Scaled.nearest(-17_672_256_001_301_234L, 7)).isEqualTo(-1767225600.1301234);
  }

  @Example
  void the_middle_between_two_doubles_is_left_to_others() {
    assertThat(Scaled.nearest((1L << 53) + 1, 0)).isNaN();
  }

  private static void assertNearestIfAny(long digits, int scale) {
    double expected = Double.parseDouble(digits + "e-" + scale);
    assertThat(Scaled.nearest(digits, scale)).isIn(expected, Double.NaN);
  }
}
