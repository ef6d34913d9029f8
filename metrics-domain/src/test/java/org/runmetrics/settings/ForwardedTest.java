package org.runmetrics.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of RFC 7239, where proxies are said to write it. */
class ForwardedTest {
  private static final String PROXY = "127.0.0.1";

  private final TrustedProxies proxies =
      TrustedProxies.parse("127.0.0.1, 10.0.0.0/8, 2001:db8:1::/48", "Forwarded");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=192.0.2.43                                    | 192.0.2.43",
        "for=192.0.2.43;proto=http;by=203.0.113.43         | 192.0.2.43",
        "For=\"192.0.2.43:47011\"                          | 192.0.2.43",
        "by=_secret;for=\"[2001:db8:cafe::17]:4711\"       | [2001:db8:cafe::17]",
        "for=\"[2001:db8:cafe::17]\" ; host=\"a,b;c\"      | [2001:db8:cafe::17]",
        "for=\"192.0.2.43:_port\"                          | 192.0.2.43",
        "for=unknown                                       | unknown",
        "for=_hidden                                       | _hidden",
        "proto=https                                       | unknown",
        "for=198.51.100.7, for=192.0.2.43                  | 192.0.2.43",
        "for=198.51.100.7,for=192.0.2.43, for=10.1.1.1     | 192.0.2.43",
        "for=192.0.2.43, for=\"[2001:db8:1::5]\"           | 192.0.2.43",
        "for=192.0.2.43, for=_hidden, for=10.1.1.1         | _hidden",
        ", for=192.0.2.43,,                                | 192.0.2.43",
      })
  void a_named_proxy_tells_who_asked_it(String header, String client) {
    assertThat(proxies.client(PROXY, told(header))).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=192.0.2.43;for=198.51.100.7",
        "for=192.0.2.43;FOR=192.0.2.43",
        "for=\"192.0.2.43",
        "for=\"evil, for=192.0.2.43;proto=https",
        "for=\"evil, for=\"[2001:db8::1]\";proto=https",
        "for=198.51.100.7;, for=192.0.2.43",
        "for=192.0.2.43;",
        "for =192.0.2.43",
        "for=",
        "192.0.2.43",
        "for=192.0.2.43 proto=https",
      })
  void of_a_header_that_cannot_be_read_nothing_counts(String header) {
    assertThat(proxies.client(PROXY, told(header))).isEqualTo("unknown");
    assertThat(proxies.isSecure(false, PROXY, told(header))).isFalse();
  }

  @Test
  void several_headers_are_one_list_of_which_a_broken_one_ends_what_is_known() {
    assertThat(proxies.client(PROXY, told("for=198.51.100.7", "for=192.0.2.43", "for=10.0.0.2")))
        .isEqualTo("192.0.2.43");
    assertThat(proxies.client(PROXY, told("for=\"broken", "for=192.0.2.43")))
        .isEqualTo("192.0.2.43");
    assertThat(proxies.client(PROXY, told("for=192.0.2.43", "for=\"broken"))).isEqualTo("unknown");
  }

  @Test
  void what_is_said_by_an_address_that_is_not_named_counts_for_nothing() {
    assertThat(proxies.client("192.0.2.1", told("for=127.0.0.1;proto=https")))
        .isEqualTo("192.0.2.1");
    assertThat(proxies.isSecure(false, "192.0.2.1", told("for=127.0.0.1;proto=https"))).isFalse();
    assertThat(proxies.isSecure(true, "192.0.2.1", told("proto=http"))).isTrue();
  }

  @Test
  void the_hop_that_names_the_client_tells_whether_it_is_encrypted() {
    assertThat(proxies.isSecure(false, PROXY, told("for=192.0.2.43;proto=https"))).isTrue();
    assertThat(proxies.isSecure(false, PROXY, told("for=192.0.2.43;proto=HTTPS, for=10.0.0.2")))
        .isTrue();
    assertThat(proxies.isSecure(false, PROXY, told("for=192.0.2.43;proto=http"))).isFalse();
    assertThat(proxies.isSecure(false, PROXY, told("for=192.0.2.43, for=10.0.0.2;proto=\"https\"")))
        .isFalse();
    assertThat(proxies.isSecure(false, PROXY, told("for=198.51.100.7;proto=https, for=192.0.2.43")))
        .isFalse();
  }

  @Test
  void the_other_kind_of_headers_does_not_count() {
    Forwarding other =
        new Forwarding(List.of("198.51.100.7"), List.of("https"), List.of("for=192.0.2.43"));
    assertThat(proxies.client(PROXY, other)).isEqualTo("192.0.2.43");
    assertThat(proxies.isSecure(false, PROXY, other)).isFalse();
    assertThat(proxies.client(PROXY, new Forwarding(List.of("192.0.2.1"), List.of(), List.of())))
        .isEqualTo(PROXY);
  }

  private static Forwarding told(String... headers) {
    // A client may send the other kind, which its proxy hands on.
    return new Forwarding(List.of("198.51.100.66"), List.of("https"), List.of(headers));
  }
}
