package org.runmetrics.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String NETWORK = "192.0.2.1";
  private static final String HOST = "metrics.lab:23300";

  @Test
  void without_a_setting_all_pages_may_on_a_loopback_address_only() {
    AllowedOrigins origins = AllowedOrigins.parse("");

    assertThat(origins.allows("https://elsewhere.org", "localhost:23300", LOOPBACK)).isTrue();
    assertThat(origins.allows("https://elsewhere.org", HOST, NETWORK)).isFalse();
    assertThat(origins.allows("null", HOST, NETWORK)).isFalse();
  }

  @Test
  void pages_of_the_server_itself_always_may() {
    AllowedOrigins origins = AllowedOrigins.parse("https://lab.example.org");

    assertThat(origins.allows("http://metrics.lab:23300", HOST, NETWORK)).isTrue();
    assertThat(origins.allows("https://Metrics.Lab:23300", HOST, NETWORK)).isTrue();
    assertThat(origins.allows("http://metrics.lab", HOST, NETWORK)).isFalse();
    assertThat(origins.allows("http://evil-metrics.lab:23300", HOST, NETWORK)).isFalse();
    assertThat(origins.allows("http://elsewhere.org", "", NETWORK)).isFalse();
  }

  @Test
  void with_a_setting_only_its_origins_may_whatever_the_address() {
    AllowedOrigins origins =
        AllowedOrigins.parse("https://lab.example.org, http://localhost:8080,");

    assertThat(origins.allows("https://lab.example.org", HOST, NETWORK)).isTrue();
    assertThat(origins.allows("https://LAB.example.org", HOST, NETWORK)).isTrue();
    assertThat(origins.allows("http://localhost:8080", HOST, LOOPBACK)).isTrue();
    assertThat(origins.allows("http://lab.example.org", HOST, LOOPBACK)).isFalse();
    assertThat(origins.allows("http://localhost:8081", HOST, LOOPBACK)).isFalse();
  }

  @Test
  void a_star_is_all() {
    assertThat(AllowedOrigins.parse("*").allows("https://elsewhere.org", HOST, NETWORK)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab.example.org", "https://lab.example.org/", "https://a b", "**"})
  void what_is_no_origin_is_named(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedOrigins.parse(entry))
        .withMessageContaining("metrics.origins")
        .withMessageContaining(entry);
  }
}
