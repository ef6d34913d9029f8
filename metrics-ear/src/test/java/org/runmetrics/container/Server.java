package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A server with the sample runs, and how a test speaks to it. */
interface Server {
  Path ROOT = Path.of(System.getProperty("metrics.storage.root", ""));
  String SMALL = "/api/runs/20260101_090000_0000a1";

  /** A web page that may read. */
  String PAGE = "http://localhost:3000";

  HttpClient CLIENT = HttpClient.newHttpClient();

  URL base();

  /** The address by which the server knows this test: limits count each test for itself. */
  String address();

  default String host() {
    return "Host: localhost:" + base().getPort();
  }

  default HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  default HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    return CLIENT.send(request(method, path, headers), HttpResponse.BodyHandlers.ofString());
  }

  default HttpRequest request(String method, String path, String... headers) {
    URI uri = URI.create("http://%s:%d%s".formatted(base().getHost(), base().getPort(), path));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("X-Forwarded-For", address());
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  default Events stream(String path, String... headers) throws Exception {
    // A connection of its own: it ends with the stream, in the middle of its answer.
    HttpClient own = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpResponse<InputStream> response =
        own.send(request("GET", path, headers), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return Events.of(response);
  }

  default WebSocket connect(String id, ReceivedLines lines) throws Exception {
    return connect(id, "", lines);
  }

  default WebSocket connect(String id, String query, ReceivedLines lines) throws Exception {
    return socket().buildAsync(log(id, query), lines).get(10, TimeUnit.SECONDS);
  }

  /** Opens a log in a subprotocol. */
  default WebSocket speak(String protocol, String id, String query, ReceivedLines lines)
      throws Exception {
    return socket()
        .subprotocols(protocol)
        .buildAsync(log(id, query), lines)
        .get(10, TimeUnit.SECONDS);
  }

  private WebSocket.Builder socket() {
    return CLIENT.newWebSocketBuilder().header("X-Forwarded-For", address());
  }

  private URI log(String id, String query) {
    String address = "ws://%s:%d/api/runs/%s/logs/ws%s";
    return URI.create(address.formatted(base().getHost(), base().getPort(), id, query));
  }

  /** Closes a socket and waits until the server has done so as well: its place is free then. */
  default void close(WebSocket socket, ReceivedLines lines) throws Exception {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    assertThat(lines.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
  }

  /** Makes a running run that has logged nothing, where another server may have left one. */
  default Path run(String id) throws IOException {
    Path run = Files.createDirectories(ROOT.resolve("runs/written").resolve(id));
    Files.writeString(run.resolve("status.json"), "{\"status\": \"running\"}");
    for (String file : new String[] {"events.jsonl", "logs.txt"}) {
      Files.deleteIfExists(run.resolve(file));
    }
    return run;
  }

  default void append(Path file, String text) throws IOException {
    Files.write(
        file,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
