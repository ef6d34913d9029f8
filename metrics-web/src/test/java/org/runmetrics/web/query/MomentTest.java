package org.runmetrics.web.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  @ParameterizedTest
  @CsvSource({
    "1736868645, 1736868645",
    "1736868645.25, 1736868645.25",
    "-1.5e3, -1500",
    "2025-01-14T15:30:45Z, 1736868645",
    "2025-01-14T15:30:45, 1736868645",
    "2025-01-14T15:30, 1736868600",
    "2025-01-14t15:30:45z, 1736868645",
    "2025-01-14T15:30:45.250Z, 1736868645.25",
    "2025-01-14T15:30:45.250000, 1736868645.25",
    "2025-01-14 15:30:45.250000, 1736868645.25",
    "2025-01-14T17:30:45+02:00, 1736868645",
    "2025-01-14T17:30:45+0200, 1736868645",
    "2025-01-14T17:30:45+02, 1736868645",
    "2025-01-14T17:30:45 02:00, 1736868645",
    "2025-01-14 17:30:45 02:00, 1736868645",
    "2025-01-14T10:00:45-05:30, 1736868645",
    "1969-12-31T23:59:59.5Z, -0.5",
  })
  void a_time_is_one_instant(String text, double seconds) {
    assertThat(Moment.parse(text)).contains(new Moment(seconds, seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00.131770, 1767225600.13177",
    "2026-01-01T00:26:47.123457, 1767227207.123457",
    "2026-01-01T00:00:00.000001, 1767225600.000001",
  })
  void the_same_time_is_the_same_number_however_it_is_written(String text, String seconds) {
    assertThat(Moment.parse(text)).isEqualTo(Moment.parse(seconds)).isPresent();
  }

  @Test
  void a_date_is_the_whole_day() {
    Moment day = Moment.parse("2025-01-14").orElseThrow();

    assertThat(day.first()).isEqualTo(1736812800);
    assertThat(day.last()).isEqualTo(Math.nextDown(1736899200.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2025-01",
        "NaN",
        "-Infinity",
        "2025-1-14",
        "2025-02-30",
        "2025-13-01",
        "2025-01-14T",
        "2025-01-14T24:00:01",
        "2025-01-14T15:30:60",
        "2025-01-14X15:30:45",
        "2025-01-14T15:30:45+25:00",
        "2025-01-14T15:30:45 Berlin",
        "2025-01-14+02:00",
        "2025-01-14T15:30:45Z x",
      })
  void what_is_no_time_is_none(String text) {
    assertThat(Moment.parse(text)).isEmpty();
  }
}
