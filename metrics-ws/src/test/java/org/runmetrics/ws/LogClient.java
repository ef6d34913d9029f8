package org.runmetrics.ws;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the log socket that keeps every message. */
final class LogClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> pings = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;

  private LogClient(URI address, List<String> subprotocols, String... headers) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    if (!subprotocols.isEmpty()) {
      builder.subprotocols(subprotocols.get(0));
    }
    socket = builder.buildAsync(address, this).join();
  }

  /** Opens a log, with names and values of headers in turn. */
  static LogClient connect(URI address, List<String> subprotocols, String... headers) {
    return new LogClient(address, subprotocols, headers);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      messages.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage("taken");
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pings.add("ping");
    from.request(1);
    return CompletableFuture.completedStage("taken");
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code + " " + reason);
    messages.add("(closed " + code + ")");
    return CompletableFuture.completedStage("taken");
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.completeExceptionally(failure);
  }

  /** Waits for the next message or the end. */
  String next() throws InterruptedException {
    String next = messages.poll(20, TimeUnit.SECONDS);
    return next == null ? "(nothing came)" : next;
  }

  /** Waits for some messages. */
  List<String> next(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(next());
    }
    return next;
  }

  boolean isPinged() throws InterruptedException {
    return pings.poll(20, TimeUnit.SECONDS) != null;
  }

  /** Waits for the end and returns the code and the reason. */
  String closed() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Says goodbye and waits until the server does. */
  void leave() throws Exception {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    closed();
  }

  /** Vanishes without a word. */
  @Override
  public void close() {
    socket.abort();
  }
}
