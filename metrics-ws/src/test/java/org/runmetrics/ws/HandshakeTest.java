package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.runmetrics.settings.Settings;
import org.runmetrics.settings.TrustedProxies;

class HandshakeTest {
  private static final TrustedProxies PROXIES = proxies(Map.of("metrics.proxies", "10.0.0.0/8"));

  @Test
  void a_forwarded_address_counts_from_a_trusted_proxy() {
    assertThat(from("10.0.0.1", "203.0.113.7").client(PROXIES)).isEqualTo("203.0.113.7");
    assertThat(from("10.0.0.1", "198.51.100.1, 203.0.113.7", "10.0.0.2").client(PROXIES))
        .isEqualTo("203.0.113.7");
  }

  @Test
  void a_forwarded_address_from_anyone_else_does_not_count() {
    assertThat(from("192.0.2.1", "203.0.113.7").client(PROXIES)).isEqualTo("192.0.2.1");
    assertThat(from("10.0.0.1", "203.0.113.7").client(proxies(Map.of()))).isEqualTo("10.0.0.1");
  }

  @Test
  void the_run_is_the_segment_before_the_end_of_the_address_decoded_once() {
    assertThat(RequestedRun.id("/api/runs/a%20b+c%2525/logs/ws")).contains("a b+c%25");
    assertThat(RequestedRun.id("/context/api/runs/x/logs/ws")).contains("x");
    assertThat(RequestedRun.id("/api/runs/..%2Fx/logs/ws")).contains("../x");
    assertThat(RequestedRun.id("/elsewhere")).isEmpty();
    assertThat(RequestedRun.id("/api/runs/a/b/logs/ws")).isEmpty();
  }

  private static Handshake from(String peer, String... forwardedFor) {
    return new Handshake(peer, List.of(forwardedFor), "/", "", false);
  }

  private static TrustedProxies proxies(Map<String, String> settings) {
    return Settings.from(name -> Optional.ofNullable(settings.get(name))).proxies();
  }
}
