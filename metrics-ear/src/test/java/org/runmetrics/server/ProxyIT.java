package org.runmetrics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.runmetrics.tls.OpenSsl;
import org.runmetrics.tls.TlsFiles;

/** The proxies of the folder deploy, over TLS, before the runnable jar. */
@Timeout(120)
class ProxyIT {
  private static final String PORT = MetricsJar.PORT;
  private static final String TOKEN = "rmt_of-the-tests";
  private static final Path DEPLOY = Path.of("..", "deploy");

  /** Longer than the time between two pings, and shorter than that between three. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static MetricsJar server;
  private static Path events = Path.of("");
  private static Path log = Path.of("");

  private enum Kind {
    HAPROXY,
    NGINX;

    private boolean isInstalled() {
      return Files.isExecutable(Path.of("/usr/sbin", name().toLowerCase(Locale.ROOT)));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpenSsl.isInstalled(), "openssl is not installed");
    assumeTrue(
        Stream.of(Kind.values()).anyMatch(Kind::isInstalled),
        "neither /usr/sbin/haproxy nor /usr/sbin/nginx is installed");
    Path run = Files.createDirectories(folder.resolve("storage/runs/mine/quiet"));
    Files.writeString(run.resolve("meta.json"), "{}");
    Files.writeString(run.resolve("status.json"), "{\"status\": \"running\"}");
    events = Files.createFile(run.resolve("events.jsonl"));
    log = Files.writeString(run.resolve("logs.txt"), "first\n");
    server =
        MetricsJar.start(
            Files.createDirectory(folder.resolve("temporary")),
            Map.of(
                "METRICS_STORAGE_ROOT",
                folder.resolve("storage").toString(),
                "METRICS_AUTH_TOKENS",
                TlsClient.tokens(folder, TOKEN).toString(),
                "METRICS_RATELIMIT_REQUESTS",
                "3",
                "METRICS_PROXIES",
                "127.0.0.1"),
            "--port",
            PORT);
    List<String> unusedConsole = server.linesUntil("Runmetrics is at");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void carries_logins_logs_and_rows_and_no_word_of_a_client_on_itself(Kind kind) throws Exception {
    assumeTrue(kind.isInstalled(), kind + " is not installed");
    int port = freePort();
    TlsFiles files = OpenSsl.certificate(Files.createTempDirectory(folder, "proxy"), "proxy");
    TlsClient client = new TlsClient("localhost:" + port, List.of(files.certificate()), TOKEN);
    Process proxy = kind == Kind.NGINX ? nginx(files, port) : haproxy(files, port);
    try {
      awaitOpen(port, proxy);

      assertThat(client.login("https://localhost:" + port).headers().firstValue("Set-Cookie"))
          .hasValueSatisfying(cookie -> assertThat(cookie).contains("Secure"));
      assertThat(client.login("http://localhost:" + port).statusCode()).isEqualTo(403);
      limitsCountClients(client);
      assertThat(client.get("/api/runs?x=" + "a".repeat(9_000)).statusCode()).isIn(400, 414);
      staysOpen(client);
    } finally {
      proxy.destroy();
      assertThat(proxy.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A client that names another address in each request is still one client. */
  private static void limitsCountClients(TlsClient client) throws Exception {
    String steps = "/api/runs/quiet/metrics_step";
    int last = 200;
    for (int i = 1; i <= 4 && last != 429; i++) {
      String other = "198.51.100." + i;
      last = client.get(steps, "X-Forwarded-For", other, "Forwarded", "for=" + other).statusCode();
    }
    assertThat(last).isEqualTo(429);
  }

  /** Nothing is written for longer than the proxy waits, but pings. */
  private static void staysOpen(TlsClient client) throws Exception {
    Instant begin = Instant.now();
    try (TlsClient.Log socket = client.log("quiet");
        Stream<String> lines = client.lines("/api/runs/quiet/metrics_step/stream")) {
      CompletableFuture<Boolean> row =
          CompletableFuture.supplyAsync(() -> lines.anyMatch(line -> line.equals("event: rows")));
      assertThat(socket.next()).contains("first");
      socket.awaitPings(2);
      assertThat(Duration.between(begin, Instant.now())).isGreaterThan(IDLE);

      Files.writeString(log, "last\n", StandardOpenOption.APPEND);
      Files.writeString(
          events,
          "{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"global_step\": 1, \"loss\": 0.5}}\n");
      assertThat(socket.next()).contains("last");
      assertThat(row.get(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      Files.writeString(log, "first\n");
      Files.writeString(events, "");
    }
  }

  private static Process haproxy(TlsFiles files, int port) throws IOException {
    Path both = files.key().resolveSibling("both.pem");
    Files.writeString(both, Files.readString(files.certificate()) + Files.readString(files.key()));
    ProcessBuilder haproxy =
        new ProcessBuilder(
            "/usr/sbin/haproxy", "-db", "-q", "-f", changed("haproxy.cfg", Map.of()).toString());
    haproxy
        .environment()
        .putAll(
            Map.of(
                "METRICS_BIND", "127.0.0.1:" + port,
                "METRICS_CERTIFICATE", both.toString(),
                "METRICS_A", "127.0.0.1:" + PORT,
                "METRICS_B", "127.0.0.1:" + PORT));
    return haproxy.inheritIO().start();
  }

  private static Process nginx(TlsFiles files, int port) throws IOException {
    Path site =
        changed(
            "nginx.conf",
            Map.of(
                "listen 443", "listen 127.0.0.1:" + port,
                "127.0.0.1:23300", "127.0.0.1:" + PORT,
                "127.0.0.1:23301", "localhost:" + PORT,
                "/etc/letsencrypt/live/metrics.example.org/fullchain.pem",
                    files.certificate().toString(),
                "/etc/letsencrypt/live/metrics.example.org/privkey.pem", files.key().toString()));
    Path main =
        Files.writeString(
            folder.resolve("main.conf"),
            "daemon off; master_process off; error_log stderr warn; pid %1$s/pid; events {}%n"
                    .formatted(folder)
                + "http { access_log off; client_body_temp_path %1$s/body; include %2$s; }%n"
                    .formatted(folder, site));
    return new ProcessBuilder("/usr/sbin/nginx", "-c", main.toString()).inheritIO().start();
  }

  /** Copies a file of the folder deploy with shorter time-outs. */
  private static Path changed(String file, Map<String, String> changes) throws IOException {
    String text = Files.readString(DEPLOY.resolve(file));
    assertThat(text).contains("60s");
    text = text.replace("60s", IDLE.toSeconds() + "s");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      assertThat(text).contains(change.getKey());
      text = text.replace(change.getKey(), change.getValue());
    }
    return Files.writeString(folder.resolve(file), text);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void awaitOpen(int port, Process proxy) throws IOException {
    while (proxy.isAlive()) {
      try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(open.isConnected()).isTrue();
        return;
      } catch (ConnectException notYet) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("The proxy ended with " + proxy.exitValue());
  }
}
