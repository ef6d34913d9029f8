package org.runmetrics.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client with a token that asks a server over TLS.
 *
 * @param authority of the server
 * @param trusted the certificates that it trusts
 * @param token by which it is known
 */
record TlsClient(String authority, List<Path> trusted, String token) {
  private static final Pattern RUNNING =
      Pattern.compile("\"id\":\"([^\"]+)\"[^}]*\"status\":\"running\"");

  /** Makes a file of tokens that names one. */
  static Path tokens(Path folder, String token) throws IOException, GeneralSecurityException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    return Files.writeString(
        folder.resolve("tokens"), "tests sha256:" + HexFormat.of().formatHex(hash) + "\n");
  }

  /** Returns a context that has made no connection before. */
  SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Path certificate : trusted) {
      try (InputStream file = Files.newInputStream(certificate)) {
        store.setCertificateEntry(
            certificate.toString(),
            CertificateFactory.getInstance("X.509").generateCertificate(file));
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return http().send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Opens an answer that has no end; it is left by closing it. */
  Stream<String> lines(String path) throws Exception {
    return http().send(request(path).build(), HttpResponse.BodyHandlers.ofLines()).body();
  }

  /** Logs in as a page of an origin does. */
  HttpResponse<String> login(String origin) throws Exception {
    return http()
        .send(
            request("/api/session", "Origin", origin)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Returns a run that is being written. */
  String runningRun() throws Exception {
    Matcher run = RUNNING.matcher(get("/api/runs").body());
    if (!run.find()) {
      throw new AssertionError("No run is running");
    }
    return run.group(1);
  }

  /** Opens the log of a run. */
  Log log(String run) throws Exception {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    Semaphore pings = new Semaphore(0);
    WebSocket socket =
        http()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(
                URI.create("wss://" + authority + "/api/runs/" + run + "/logs/ws?tail=1"),
                new Received(messages, pings))
            .get(20, TimeUnit.SECONDS);
    return new Log(socket, messages, pings);
  }

  private HttpClient http() throws IOException, GeneralSecurityException {
    return HttpClient.newBuilder().sslContext(context()).build();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://" + authority + path))
            .header("Authorization", "Bearer " + token);
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** A log that is followed. */
  record Log(WebSocket socket, BlockingQueue<String> messages, Semaphore pings)
      implements AutoCloseable {
    /** Waits for some pings. */
    void awaitPings(int count) throws InterruptedException {
      if (!pings.tryAcquire(count, 30L * count, TimeUnit.SECONDS)) {
        throw new AssertionError("There are no pings");
      }
    }

    /** Waits for the next message. */
    String next() throws InterruptedException {
      return Optional.ofNullable(messages.poll(30, TimeUnit.SECONDS))
          .orElseThrow(() -> new AssertionError("The log is silent"));
    }

    @Override
    public void close() {
      socket.abort();
    }
  }

  private record Received(BlockingQueue<String> messages, Semaphore pings)
      implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer data) {
      pings.release();
      return WebSocket.Listener.super.onPing(socket, data);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      messages.add(data.toString());
      return WebSocket.Listener.super.onText(socket, data, last);
    }
  }
}
