package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a log socket received. */
final class ReceivedLines implements WebSocket.Listener {
  private static final int SECONDS = 10;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();

  String next() throws InterruptedException {
    String line = lines.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(line).as("a line within %d seconds", SECONDS).isNotNull();
    return line == null ? "" : line;
  }

  int closeCode() throws Exception {
    return closed.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<Void> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      lines.add(part.toString());
      part.setLength(0);
    }
    socket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> onClose(WebSocket socket, int statusCode, String reason) {
    closed.complete(statusCode);
    lines.add("(closed " + statusCode + ")");
    return CompletableFuture.completedFuture(null);
  }
}
