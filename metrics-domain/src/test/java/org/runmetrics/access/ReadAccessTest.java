package org.runmetrics.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAccessTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String NETWORK = "192.0.2.1";
  private static final ReadAccess BY_DEFAULT = ReadAccess.parse("", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:8443",
        "HTTP://LocalHost:3000",
        "http://localhost.:3000",
        "http://127.0.0.1:1",
        "http://[::1]:3000",
        "http://[0:0:0:0:0:0:0:1]",
        "https://[0000::0001]:65535",
      })
  void pages_of_the_own_machine_may_read(String origin) {
    assertThat(verdict(BY_DEFAULT, "localhost:23300", origin, LOOPBACK)).isEqualTo(Verdict.ALLOWED);
    assertThat(verdict(BY_DEFAULT, "metrics.lab", origin, NETWORK)).isEqualTo(Verdict.ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "https://evil.example",
        "http://localhost.evil.example",
        "http://evillocalhost",
        "http://evil.localhost",
        "http://localhost@evil.example",
        "http://evil.example@localhost",
        "http://localhost:23300@evil.example",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.2",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://127.1",
        "http://2130706433",
        "http://127.0.0.01",
        "http://[::2]",
        "http://[::1].evil.example",
        "http://[::1",
        "http://::1",
        "http://[::1%25lo]",
        "http://[localhost]",
        "http://localhost..",
        "http://.localhost",
        "http://localhost:",
        "http://localhost:x",
        "http://localhost:65536",
        "http://localhost:80:80",
        "http://localhost/",
        "http://localhost?",
        "http://localhost#",
        "http://localhost\\.evil.example",
        "http://localhost http://evil.example",
        "http://localhost, http://evil.example",
        "http://ｌocalhost",
        "http:/localhost",
        "//localhost",
        "localhost",
        "file://localhost",
        "chrome-extension://localhost",
      })
  void other_pages_may_not(String origin) {
    assertThat(verdict(BY_DEFAULT, "localhost:23300", origin, LOOPBACK))
        .isEqualTo(Verdict.WRONG_ORIGIN);
    assertThat(verdict(BY_DEFAULT, "metrics.lab", origin, NETWORK)).isEqualTo(Verdict.WRONG_ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:23300",
        "LOCALHOST:",
        "localhost.",
        "127.0.0.1",
        "[::1]:23300",
        "[0:0:0:0:0:0:0:1]",
      })
  void a_loopback_address_answers_for_loopback_names(String host) {
    assertThat(verdict(BY_DEFAULT, host, LOOPBACK)).isEqualTo(Verdict.NO_ORIGIN);
    assertThat(verdict(BY_DEFAULT, host, "0:0:0:0:0:0:0:1")).isEqualTo(Verdict.NO_ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:23300",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.localhost",
        "user@localhost",
        "localhost:80:80",
        "localhost:x",
        "localhost, evil.example",
        "127.0.0.2",
        "192.0.2.1",
        "127.1",
        "[::2]",
        "::1",
        "",
      })
  void a_loopback_address_answers_for_no_other_name(String host) {
    for (String local : List.of(LOOPBACK, "127.0.0.3", "::1", "0:0:0:0:0:0:0:1", "")) {
      assertThat(verdict(BY_DEFAULT, host, local)).as(local).isEqualTo(Verdict.WRONG_HOST);
      assertThat(verdict(BY_DEFAULT, host, "http://" + host, local))
          .as(local)
          .isEqualTo(Verdict.WRONG_HOST);
    }
  }

  @Test
  void a_server_answers_for_the_address_that_it_was_asked_at() {
    assertThat(verdict(BY_DEFAULT, "127.0.0.5:23300", "127.0.0.5")).isEqualTo(Verdict.NO_ORIGIN);
    ReadAccess named = ReadAccess.parse("metrics.lab", "");
    assertThat(verdict(named, "192.0.2.1:23300", "http://192.0.2.1:23300", NETWORK))
        .isEqualTo(Verdict.OWN_PAGE);
    assertThat(
            verdict(named, "[2001:DB8::7]", "http://[2001:db8:0::7]", "2001:db8:0:0:0:0:0:7%eth0"))
        .isEqualTo(Verdict.OWN_PAGE);
  }

  @Test
  void a_client_that_names_no_host_is_no_browser() {
    ReadRequest request = new ReadRequest(false, Optional.empty(), Optional.empty(), LOOPBACK);
    assertThat(BY_DEFAULT.verdict(request)).isEqualTo(Verdict.NO_ORIGIN);
    ReadRequest page =
        new ReadRequest(false, Optional.empty(), Optional.of("http://evil.example"), NETWORK);
    assertThat(BY_DEFAULT.verdict(page)).isEqualTo(Verdict.WRONG_ORIGIN);
  }

  @Test
  void two_hosts_or_origins_are_none() {
    assertThat(
            BY_DEFAULT.verdict(
                ReadRequest.of(false, List.of("localhost", "localhost"), List.of(), LOOPBACK)))
        .isEqualTo(Verdict.WRONG_HOST);
    assertThat(
            BY_DEFAULT.verdict(
                ReadRequest.of(
                    false,
                    List.of("localhost"),
                    List.of("http://localhost", "http://evil.example"),
                    LOOPBACK)))
        .isEqualTo(Verdict.WRONG_ORIGIN);
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.lab:23300, http://metrics.lab:23300, OWN_PAGE",
    "metrics.lab:23300, http://Metrics.Lab:23300, OWN_PAGE",
    "metrics.lab.:23300, http://metrics.lab:23300, OWN_PAGE",
    "metrics.lab, http://metrics.lab, OWN_PAGE",
    "metrics.lab, http://metrics.lab:80, OWN_PAGE",
    "metrics.lab:23300, http://metrics.lab, WRONG_ORIGIN",
    "metrics.lab:23300, http://metrics.lab:23301, WRONG_ORIGIN",
    "metrics.lab:23300, https://metrics.lab:23300, WRONG_ORIGIN",
    "metrics.lab, https://metrics.lab, WRONG_ORIGIN",
    "metrics.lab:23300, http://evil-metrics.lab:23300, WRONG_ORIGIN",
    "metrics.lab:23300, http://evil.metrics.lab:23300, WRONG_ORIGIN",
    "metrics.lab:23300, http://metrics.lab:23300@evil.example, WRONG_ORIGIN",
  })
  void pages_of_the_server_itself_may_read(String host, String origin, Verdict verdict) {
    assertThat(verdict(BY_DEFAULT, host, origin, NETWORK)).isEqualTo(verdict);
    assertThat(verdict(ReadAccess.parse("metrics.lab", ""), host, origin, LOOPBACK))
        .isEqualTo(verdict);
  }

  @Test
  void over_tls_the_own_origin_is_one_of_tls() {
    ReadRequest own =
        new ReadRequest(
            true, Optional.of("metrics.lab"), Optional.of("https://metrics.lab"), NETWORK);
    ReadRequest plain =
        new ReadRequest(
            true, Optional.of("metrics.lab:443"), Optional.of("http://metrics.lab:443"), NETWORK);
    assertThat(BY_DEFAULT.verdict(own)).isEqualTo(Verdict.OWN_PAGE);
    assertThat(BY_DEFAULT.verdict(plain)).isEqualTo(Verdict.WRONG_ORIGIN);
  }

  @Test
  void once_something_is_named_a_page_is_not_the_servers_for_repeating_its_host() {
    ReadAccess pages = ReadAccess.parse("", "https://lab.example.org");
    assertThat(verdict(pages, "evil.example", "http://evil.example", NETWORK))
        .isEqualTo(Verdict.WRONG_ORIGIN);
    ReadAccess names = ReadAccess.parse("metrics.lab", "");
    assertThat(verdict(names, "evil.example", "http://evil.example", NETWORK))
        .isEqualTo(Verdict.WRONG_HOST);
    assertThat(verdict(names, "evil.example", NETWORK)).isEqualTo(Verdict.WRONG_HOST);
    assertThat(verdict(names, "localhost:8080", NETWORK)).isEqualTo(Verdict.NO_ORIGIN);
  }

  @ParameterizedTest
  @CsvSource({
    "https://lab.example.org, ALLOWED",
    "https://LAB.example.org:443, ALLOWED",
    "http://lab.example.org, WRONG_ORIGIN",
    "https://lab.example.org:8443, WRONG_ORIGIN",
    "https://other.example.org, WRONG_ORIGIN",
    "http://lab:8080, ALLOWED",
    "http://lab, WRONG_ORIGIN",
    "http://localhost:3000, ALLOWED",
    "null, WRONG_ORIGIN",
  })
  void pages_that_are_named_may_read_too(String origin, Verdict verdict) {
    ReadAccess access = ReadAccess.parse("", " https://Lab.example.org., http://lab:8080,");
    assertThat(verdict(access, "localhost:23300", origin, LOOPBACK)).isEqualTo(verdict);
    assertThat(verdict(access, "metrics.lab", origin, NETWORK)).isEqualTo(verdict);
  }

  @Test
  void a_star_is_every_page_and_no_further_host() {
    ReadAccess access = ReadAccess.parse("", "*");
    assertThat(access.allowsAllOrigins()).isTrue();
    for (String origin : List.of("https://evil.example", "null", "")) {
      assertThat(verdict(access, "localhost", origin, LOOPBACK)).isEqualTo(Verdict.ALLOWED);
      assertThat(verdict(access, "evil.example", origin, LOOPBACK)).isEqualTo(Verdict.WRONG_HOST);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metrics.lab", "METRICS.lab.", "192.0.2.7", "[2001:db8::1]", "2001:DB8:0::1"})
  void hosts_that_are_named_are_answered_for(String host) {
    ReadAccess access = ReadAccess.parse("metrics.lab, 192.0.2.7,2001:db8::1", "");
    String asked = host.contains("::") && !host.startsWith("[") ? "[" + host + "]" : host;
    assertThat(verdict(access, asked + ":8080", LOOPBACK)).isEqualTo(Verdict.NO_ORIGIN);
    assertThat(verdict(ReadAccess.parse(host, ""), asked, LOOPBACK)).isEqualTo(Verdict.NO_ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lab.example.org",
        "https://lab.example.org/",
        "https://a b",
        "**",
        "null",
        "https://user@lab.example.org",
        "https://*.example.org"
      })
  void what_is_no_origin_is_refused(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadAccess.parse("", entry))
        .withMessage(
            "metrics.origins must be origins such as https://lab.example.org, or *, not " + entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://lab.example.org", "lab:8080", "10.0.0.1:80", "*", "a b", "*.lab", "[::1"})
  void what_is_no_host_is_refused(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadAccess.parse(entry, ""))
        .withMessage(
            "metrics.hosts must be names or IP addresses such as lab.example.org, without a scheme"
                + " and a port, not "
                + entry);
  }

  private static Verdict verdict(ReadAccess access, String host, String local) {
    return access.verdict(new ReadRequest(false, Optional.of(host), Optional.empty(), local));
  }

  private static Verdict verdict(ReadAccess access, String host, String origin, String local) {
    return access.verdict(new ReadRequest(false, Optional.of(host), Optional.of(origin), local));
  }
}
