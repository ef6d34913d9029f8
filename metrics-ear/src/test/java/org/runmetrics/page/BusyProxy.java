package org.runmetrics.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy in front of the server that for a while lets no requests for curves, or none, through.
 */
final class BusyProxy implements AutoCloseable {
  private static final List<String> PASSED_ON = List.of("content-type", "cache-control", "etag");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final String behind;
  private volatile long busyUntil = System.nanoTime();
  private volatile boolean withoutApplication;

  /**
   * Starts the proxy.
   *
   * @param behind the address of the server
   */
  BusyProxy(String behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Refuses requests for curves from now on. */
  void beBusy(int seconds) {
    busyUntil = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /**
   * Answers what a container does whose application has not been deployed yet, or does so no more.
   */
  void beWithoutApplication(boolean without) {
    withoutApplication = without;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (withoutApplication) {
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(404, 0);
        exchange.getResponseBody().write("<h1>Not Found</h1>".getBytes(US_ASCII));
        return;
      }
      long seconds = (busyUntil - System.nanoTime() + 999_999_999) / 1_000_000_000;
      if (seconds > 0 && exchange.getRequestURI().getPath().equals("/api/v2/series")) {
        exchange.getResponseHeaders().set("Retry-After", String.valueOf(seconds));
        exchange.sendResponseHeaders(429, -1);
        return;
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI())).build();
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      for (String name : PASSED_ON) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      try (InputStream body = answer.body()) {
        body.transferTo(exchange.getResponseBody());
      }
    } catch (InterruptedException ended) {
      throw new InterruptedIOException(ended.getMessage());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    var unused = threads.shutdownNow();
  }
}
