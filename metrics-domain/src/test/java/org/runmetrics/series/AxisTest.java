package org.runmetrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void keys_of_times_have_the_order_of_the_times_and_give_them_back() {
    double[] times = {
      -Double.MAX_VALUE,
      -1.5,
      -Double.MIN_VALUE,
      0.0,
      Double.MIN_VALUE,
      1.0,
      1.0e9,
      Double.MAX_VALUE
    };

    assertThat(DoubleStream.of(times).mapToLong(Axis::keyOf)).isSorted();
    for (double time : times) {
      assertThat(Axis.timeOfKey(Axis.keyOf(time))).isEqualTo(time);
    }
  }

  @Test
  void both_zeros_are_one_time() {
    assertThat(Axis.keyOf(-0.0)).isEqualTo(Axis.keyOf(0.0));
  }
}
