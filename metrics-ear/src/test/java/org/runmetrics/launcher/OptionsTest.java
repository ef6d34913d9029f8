package org.runmetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void without_options_only_this_machine_is_served() {
    assertThat(Options.parse(new String[0]).url()).isEqualTo("http://127.0.0.1:23300");
    assertThat(Options.parse(new String[0]).host().address().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:80",
    "127.0.0.2, http://127.0.0.2:80",
    "localhost, http://127.0.0.1:80",
    "0.0.0.0, http://127.0.0.1:80",
    "0, http://127.0.0.1:80",
    "::, http://127.0.0.1:80",
    "[::], http://127.0.0.1:80",
    "0:0:0:0:0:0:0:0, http://127.0.0.1:80",
    "::1, http://[::1]:80",
    "[::1], http://[::1]:80",
    "0:0:0:0:0:0:0:1, http://[::1]:80",
    "0000:0000:0000:0000:0000:0000:0000:0001, http://[::1]:80",
    "::ffff:127.0.0.1, http://127.0.0.1:80",
    "2001:db8::7, http://[2001:db8:0:0:0:0:0:7]:80",
    "[2001:DB8:0::7], http://[2001:db8:0:0:0:0:0:7]:80",
    "fe80::1%1, http://[fe80:0:0:0:0:0:0:1%251]:80",
  })
  void the_printed_address_can_be_opened_on_this_machine(String host, String url) {
    assertThat(Options.parse(new String[] {"--host", host, "--port", "80"}).url()).isEqualTo(url);
    assertThat(Options.parse(new String[] {"--host=" + host, "--port=80"}).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", ":::", "::1::", "no such host", "256.1.1.1.1"})
  void what_is_no_host_is_refused_by_name(String host) {
    assertThatThrownBy(() -> Options.parse(new String[] {"--host", host}))
        .hasMessageStartingWith("--host must be a name or an address of this machine")
        .hasMessageEndingWith("not " + host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "65536", "-1", "123456", "８０"})
  void what_is_no_port_is_refused_by_name(String port) {
    assertThatThrownBy(() -> Options.parse(new String[] {"--port", port}))
        .hasMessage("--port must be a number from 1 to 65535, not " + port);
  }

  @Test
  void an_option_without_its_value_is_refused_by_name() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--host"}))
        .hasMessage("--host needs a value");
  }
}
