package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How much one client may have. */
interface LimitTests extends Server {
  @Test
  default void the_eleventh_socket_of_an_address_is_refused() throws Exception {
    WebSocket[] sockets = new WebSocket[10];
    for (int i = 0; i < sockets.length; i++) {
      ReceivedLines lines = new ReceivedLines();
      sockets[i] = connect("20250101_120000_0000e1", lines);
      assertThat(lines.next()).isEqualTo("12:00:00 | legacy line 1");
    }
    ReceivedLines lines = new ReceivedLines();
    connect("20250101_120000_0000e1", lines);

    assertThat(lines.closeCode()).isEqualTo(1013);
    for (WebSocket socket : sockets) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  default void a_client_has_so_many_requests_a_minute_for_each_view() throws Exception {
    String steps = SMALL + "/metrics_step";
    String tag = "";
    for (int left = 59; left >= 0; left--) {
      HttpResponse<String> answer = get(steps);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-RateLimit-Limit")).hasValue("60");
      assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).hasValue("" + left);
      tag = answer.headers().firstValue("ETag").orElseThrow();
    }
    HttpResponse<String> refused = get(steps);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
    assertThat(refused.body()).startsWith("{\"detail\":\"");
    assertThat(send("GET", steps, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get(SMALL + "/metrics").statusCode()).isEqualTo(200);
    assertThat(RawRequest.get(steps, host(), "X-Forwarded-For: 192.0.2.1").status(base()))
        .isEqualTo(200);
  }

  @Test
  default void clients_that_read_nothing_of_a_long_answer_hold_up_nobody() throws Exception {
    append(run("endless").resolve("logs.txt"), ("x".repeat(9_999) + "\n").repeat(2_000));
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 250; i++) {
        String client = "X-Forwarded-For: 198.51.100." + i % 10;
        silent.add(RawRequest.get("/api/runs/endless/logs/file", host(), client).unread(base()));
      }
      assertThat(get("/api/health").statusCode()).isEqualTo(200);
      assertThat(get("/api/runs").statusCode()).isEqualTo(200);
      assertThat(get(SMALL + "/metrics_step").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  default void a_client_has_so_many_streams_at_once() throws Exception {
    String path = SMALL + "/metrics_step/stream";
    RawRequest request = RawRequest.get(path, host(), "X-Forwarded-For: " + address());
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        open.add(request.stalled(base()));
      }
      HttpResponse<String> refused = get(path);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).startsWith("{\"detail\":\"");
      open.remove(0).close();
      stream(path).close();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
