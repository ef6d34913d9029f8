package org.runmetrics.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      TrustedProxies.parse("127.0.0.1, 10.0.0.0/8,::1,", "X-Forwarded-For");

  @Test
  void a_client_without_a_proxy_is_the_peer() {
    assertThat(proxies.client("192.0.2.1", usual())).isEqualTo("192.0.2.1");
    assertThat(proxies.client("127.0.0.1", usual())).isEqualTo("127.0.0.1");
  }

  @Test
  void the_header_of_an_untrusted_peer_is_ignored() {
    assertThat(proxies.client("192.0.2.1", usual("198.51.100.7"))).isEqualTo("192.0.2.1");
    assertThat(proxies.client("192.0.2.1", usual("127.0.0.1"))).isEqualTo("192.0.2.1");
  }

  @Test
  void nobody_is_trusted_by_default() {
    for (String none : new String[] {"", " ", ","}) {
      assertThat(
              TrustedProxies.parse(none, "X-Forwarded-For").client("127.0.0.1", usual("192.0.2.1")))
          .isEqualTo("127.0.0.1");
    }
  }

  @Test
  void a_trusted_proxy_names_its_client() {
    assertThat(proxies.client("127.0.0.1", usual("192.0.2.1"))).isEqualTo("192.0.2.1");
    assertThat(proxies.client("0:0:0:0:0:0:0:1", usual("2001:db8::1"))).isEqualTo("2001:db8::1");
  }

  @Test
  void a_port_behind_an_address_is_no_part_of_the_client() {
    assertThat(proxies.client("127.0.0.1", usual("192.0.2.1:5678"))).isEqualTo("192.0.2.1");
    assertThat(proxies.client("127.0.0.1", usual("192.0.2.1, 10.0.0.1:80"))).isEqualTo("192.0.2.1");
    assertThat(proxies.client("127.0.0.1", usual("[2001:db8::1]:5678")))
        .isEqualTo(proxies.client("127.0.0.1", usual("[2001:db8::1]:1234")));
  }

  @Test
  void a_chain_of_trusted_proxies_is_followed_from_its_end() {
    assertThat(proxies.client("127.0.0.1", usual("192.0.2.1, 10.0.0.2,10.0.0.1")))
        .isEqualTo("192.0.2.1");
  }

  @Test
  void what_a_client_wrote_in_front_of_its_own_address_is_ignored() {
    assertThat(proxies.client("127.0.0.1", usual("198.51.100.7, 192.0.2.1")))
        .isEqualTo("192.0.2.1");
    assertThat(proxies.client("127.0.0.1", usual("10.0.0.9, 192.0.2.1, 10.0.0.1")))
        .isEqualTo("192.0.2.1");
  }

  @Test
  void several_headers_are_one_list() {
    assertThat(
            proxies.client("127.0.0.1", usual("198.51.100.7", "192.0.2.1, 10.0.0.2", "10.0.0.1")))
        .isEqualTo("192.0.2.1");
  }

  @Test
  void where_all_hops_are_trusted_the_first_is_the_client() {
    assertThat(proxies.client("127.0.0.1", usual("10.0.0.3, 10.0.0.2"))).isEqualTo("10.0.0.3");
  }

  @Test
  void empty_hops_are_passed_over() {
    assertThat(proxies.client("127.0.0.1", usual("", "192.0.2.1, ,", " "))).isEqualTo("192.0.2.1");
    assertThat(proxies.client("127.0.0.1", usual(""))).isEqualTo("127.0.0.1");
  }

  @Test
  void a_hop_that_is_no_address_is_not_trusted() {
    assertThat(proxies.client("127.0.0.1", usual("192.0.2.1, unknown"))).isEqualTo("unknown");
    assertThat(proxies.client("127.0.0.1", usual("192.0.2.1, localhost"))).isEqualTo("localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1,proxy.example.org", "10.0.0.0/99", "10.0.0.1 10.0.0.2"})
  void a_list_with_a_bad_entry_is_rejected(String list) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.parse(list, "X-Forwarded-For"))
        .withMessageStartingWith("metrics.proxies must list IP addresses");
  }

  private static Forwarding usual(String... addresses) {
    // A client may send the other kind, which its proxy hands on.
    return new Forwarding(List.of(addresses), List.of(), List.of("for=198.51.100.66;proto=https"));
  }
}
