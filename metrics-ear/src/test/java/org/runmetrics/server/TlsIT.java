package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.tls.OpenSsl;
import org.runmetrics.tls.TlsFiles;

/** The runnable jar with a certificate. */
@Timeout(120)
class TlsIT {
  private static final String PORT = MetricsJar.PORT;
  private static final String TOKEN = "rmt_of-the-tests";

  @TempDir private static Path folder;
  private static TlsFiles files = new TlsFiles(Path.of(""), Path.of(""));
  private static TlsClient client = new TlsClient("", List.of(), TOKEN);
  private static MetricsJar server;
  private static List<String> console = List.of();

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpenSsl.isInstalled(), "openssl is not installed");
    files = OpenSsl.certificate(folder, "first");
    OpenSsl.certificate(folder, "second", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    client =
        new TlsClient(
            "localhost:" + PORT,
            List.of(
                Files.copy(files.certificate(), folder.resolve("trusted.crt")),
                folder.resolve("second.crt")),
            TOKEN);
    server =
        MetricsJar.start(
            Files.createDirectory(folder.resolve("temporary")),
            Map.of("METRICS_AUTH_TOKENS", TlsClient.tokens(folder, TOKEN).toString()),
            "--port",
            PORT,
            "--tls-certificate",
            files.certificate().toString(),
            "--tls-key",
            files.key().toString());
    console = server.linesUntil("curl -H");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (!console.isEmpty()) {
      // It stops as quietly as without TLS.
      server.process().toHandle().destroy();
      assertThat(server.console().lines()).isEmpty();
      assertThat(server.process().waitFor()).isEqualTo(128 + 15);
    }
  }

  @Test
  void runs_are_read_over_https_by_http_1() throws Exception {
    assertThat(console).anyMatch(line -> line.contains("Runmetrics is at https://127.0.0.1:"));

    var answer = client.get("/api/runs");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"running\"");
    // HTTP/2 is not agreed on, and a client that offers it misses nothing.
    assertThat(answer.version().name()).isEqualTo("HTTP_1_1");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void the_cookie_of_a_login_goes_back_over_tls_alone() throws Exception {
    assertThat(client.login("https://localhost:" + PORT).headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(cookie -> assertThat(cookie).contains("HttpOnly").contains("Secure"));
    assertThat(client.login("http://localhost:" + PORT).statusCode()).isEqualTo(403);
  }

  @Test
  void logs_and_rows_are_followed() throws Exception {
    String run = client.runningRun();
    try (TlsClient.Log log = client.log(run)) {
      assertThat(log.next()).isNotEmpty();
    }
    try (var events = client.lines("/api/runs/" + run + "/metrics_step/stream?cursor=start")) {
      assertThat(events.anyMatch(line -> line.equals("event: rows"))).isTrue();
    }
  }

  @Test
  void in_plain_text_there_is_no_answer() throws IOException {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(PORT))) {
      plain
          .getOutputStream()
          .write(
              "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("HTTP")
          .doesNotContain("status");
    }
  }

  @Test
  void nothing_older_than_tls_1_2_is_spoken() throws Exception {
    assertThat(handshake("-tls1_2")).contains("Cipher is ECDHE");
    assertThat(handshake("-tls1_3")).contains("Cipher is TLS_");
    for (String older : new String[] {"-tls1", "-tls1_1"}) {
      assertThat(handshake(older)).contains("CONNECTED", "Cipher is (NONE)");
    }
  }

  /** Openssl offers what Java does not any more, at the lowest level of its security. */
  private static String handshake(String version) throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "s_client",
                version,
                "-cipher",
                "DEFAULT@SECLEVEL=0",
                "-connect",
                "127.0.0.1:" + PORT)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void a_new_pair_is_shown_to_new_connections_and_a_broken_one_is_not() throws Exception {
    try (TlsClient.Log log = client.log(client.runningRun())) {
      assertThat(shown()).isEqualTo("CN=first");

      replace(files.certificate(), "second.crt");
      replace(files.key(), "second.key");
      server.linesUntil("New connections get the certificate that ends on");
      assertThat(shown()).isEqualTo("CN=second");

      replace(files.certificate(), "trusted.crt");
      server.linesUntil("New connections get the certificate of before");
      assertThat(shown()).isEqualTo("CN=second");
      assertThat(client.get("/api/health").statusCode()).isEqualTo(200);
      // What was open goes on.
      assertThat(log.next()).isNotEmpty();
    }
  }

  private static String shown() throws Exception {
    try (Socket socket =
            client.context().getSocketFactory().createSocket("localhost", Integer.parseInt(PORT));
        SSLSocket encrypted = (SSLSocket) socket) {
      X509Certificate shown = (X509Certificate) encrypted.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private static void replace(Path file, String by) throws IOException {
    Path copy = Files.copy(folder.resolve(by), folder.resolve("copy"));
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
