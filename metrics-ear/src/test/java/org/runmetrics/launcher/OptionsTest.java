package org.runmetrics.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.tls.TlsFiles;

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
  @ValueSource(strings = {"0.0.0.0", "0", "::", "[::]", "0:0:0:0:0:0:0:0"})
  void of_all_addresses_one_is_printed_that_other_machines_reach(String host) throws IOException {
    String url = Options.parse(new String[] {"--host", host, "--port", "80"}).url();
    InetAddress printed = InetAddress.getByName(URI.create(url).getHost());
    assertThat(NetworkInterface.getByInetAddress(printed)).isNotNull();
    boolean hasOthers =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(
                it ->
                    it instanceof Inet4Address
                        && !it.isLoopbackAddress()
                        && !it.isLinkLocalAddress());
    assertThat(printed.isLoopbackAddress()).isEqualTo(!hasOthers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--prot", "--prot=80", "-port"})
  void an_option_that_there_is_not_is_named_with_the_nearest(String option) {
    assertThatThrownBy(() -> Options.parse(new String[] {option, "80"}))
        .hasMessageStartingWith("There is no option ")
        .hasMessageContaining("; did you mean --port?");
  }

  @Test
  void what_comes_after_two_dashes_is_for_payara() {
    Options options = Options.parse(new String[] {"--port=80", "--", "--nested", "--port", "1"});
    assertThat(options.others()).containsExactly("--nested", "--port", "1");
    assertThat(options.port()).isEqualTo(80);
  }

  @Test
  void help_and_version_can_be_asked_for() {
    assertThat(Options.parse(new String[] {"--help"}).help()).isTrue();
    assertThat(Options.parse(new String[] {"-h"}).help()).isTrue();
    assertThat(Options.parse(new String[] {"--version"}).version()).isTrue();
    assertThat(Options.parse(new String[0]).version()).isFalse();
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

  @ParameterizedTest
  @CsvSource({"metrics.service, 127.0.0.1", "Dockerfile, 0.0.0.0"})
  void what_starts_it_elsewhere_gives_options_that_there_are(String file, String host)
      throws IOException {
    String line =
        Files.readAllLines(Path.of("..", "deploy", file)).stream()
            .filter(it -> it.matches("(ExecStart|ENTRYPOINT).*metrics\\.jar.*"))
            .findFirst()
            .orElseThrow();
    String[] words = line.replaceAll(".*metrics\\.jar\\W+(?=--)|[\",\\]]", "").split(" ");
    assertThat(words).hasSizeGreaterThan(2);
    Options options = Options.parse(words);
    assertThat(options.host().digits()).isEqualTo(host);
    assertThat(options.port()).isEqualTo(23300);
    assertThat(options.others()).isEmpty();
  }

  @Test
  void with_a_certificate_and_a_key_it_serves_https() {
    Options options =
        Options.parse(new String[] {"--tls-certificate", "a.pem", "--tls-key=b.pem", "--port=80"});
    assertThat(options.tls()).contains(new TlsFiles(Path.of("a.pem"), Path.of("b.pem")));
    assertThat(options.url()).isEqualTo("https://127.0.0.1:80");
    assertThat(Options.parse(new String[0]).tls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--tls-certificate, --tls-key", "--tls-key, --tls-certificate"})
  void one_of_certificate_and_key_is_not_enough(String given, String missing) {
    assertThatThrownBy(() -> Options.parse(new String[] {given, "a.pem"}))
        .hasMessage("--tls-certificate and --tls-key go together; " + missing + " is missing");
  }
}
