package org.runmetrics.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, 10.0.0.5",
    "10.0.0.0/8, 10.255.255.255",
    "10.1.2.3/8, 10.0.0.0",
    "192.168.16.0/20, 192.168.31.255",
    "10.0.0.4/31, 10.0.0.5",
    "10.0.0.5/32, 10.0.0.5",
    "0.0.0.0/0, 255.1.2.3",
    "::1, 0:0:0:0:0:0:0:1",
    "::1, [::1]",
    "2001:db8::/32, 2001:0DB8:ffff::1",
    "fe80::/10, febf::1",
    "::/0, ::",
    "10.0.0.0/8, ::ffff:10.1.2.3",
    "::ffff:10.0.0.5, 10.0.0.5",
  })
  void a_range_holds_its_addresses(String range, String address) {
    assertThat(AddressRange.parse("setting", range).contains(address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, 10.0.0.6",
    "10.0.0.0/8, 11.0.0.0",
    "192.168.16.0/20, 192.168.32.0",
    "10.0.0.4/31, 10.0.0.6",
    "0.0.0.0/0, ::1",
    "::/0, 10.0.0.5",
    "::1, ::2",
    "2001:db8::/33, 2001:db8:8000::",
    "10.0.0.5, unknown",
    "10.0.0.5, ''",
    "10.0.0.5, ' 10.0.0.5'",
    "10.0.0.5, 10.0.0.5:80",
    "::1, [::1]:80",
    "127.0.0.1, localhost",
  })
  void a_range_holds_nothing_else(String range, String address) {
    assertThat(AddressRange.parse("setting", range).contains(address)).isFalse();
  }

  /** The short and the octal forms are read differently from one proxy to the next. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.1",
    "127.0.0.1, 2130706433",
    "8.0.0.1, 010.0.0.1",
    "10.0.0.1, 010.0.0.1"
  })
  void only_the_full_decimal_form_is_an_address(String range, String address) {
    assertThat(AddressRange.parse("setting", range).contains(address)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse("setting", address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "localhost",
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "::/129",
        "10.0.0.0/8/8",
        "10.0.0.0/x",
        "10.0.0.0/255.0.0.0",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        ":",
        ":::",
        "fe80::1%eth0",
        "*"
      })
  void anything_else_is_rejected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressRange.parse("setting", text))
        .withMessage("setting must list IP addresses or networks such as 10.0.0.0/8, not " + text);
  }
}
