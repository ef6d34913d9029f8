package org.runmetrics.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1048576, 1048576",
    "7B, 7",
    "512kB, 524288",
    "512 KiB, 524288",
    "256MB, 268435456",
    "256m, 268435456",
    "2g, 2147483648",
    "3TB, 3298534883328",
    "8388607TB, 9223370937343148032",
  })
  void a_size_has_a_unit_or_none(String text, long bytes) {
    assertThat(ByteSize.parse("size", text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0MB",
        "-1",
        "1.5GB",
        "MB",
        "1 M B",
        "1XB",
        "1MBB",
        "0x10",
        "1e6",
        "8388608TB",
        "16777217TB",
        "9999999999999999",
        "99999999999999999999999999"
      })
  void anything_else_is_rejected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse("size", text))
        .withMessage("size must be a size in bytes such as 256MB, not " + text);
  }
}
