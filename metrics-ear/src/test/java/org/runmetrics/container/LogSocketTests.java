package org.runmetrics.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log of a run over a socket. */
interface LogSocketTests extends Server {
  List<String> SUBPROTOCOLS = List.of("metrics.logs.v1", "metrics.logs.v2");

  @Test
  default void a_log_is_sent_and_then_every_line_as_it_is_written() throws Exception {
    Path log = run("lauf 2 小型").resolve("logs.txt");
    append(log, "one\ntwo\n");
    ReceivedLines lines = new ReceivedLines();
    WebSocket socket = connect("lauf%202%20%E5%B0%8F%E5%9E%8B", lines);

    assertThat(lines.next()).isEqualTo("one");
    assertThat(lines.next()).isEqualTo("two");
    append(log, "thr");
    append(log, "ee 小\n");
    assertThat(lines.next()).isEqualTo("three 小");
    close(socket, lines);
  }

  /** Containers hold back an answer to a handshake until it is written out or its time is over. */
  @Test
  @Timeout(20)
  default void a_socket_with_nothing_to_send_is_open_at_once() throws Exception {
    String bar = " 45%|████▌     | 45/100 [00:12<00:15,  3.45it/s]\n";
    for (String log : List.of("", "no end", "\n\n \n", bar.repeat(3), "one\n")) {
      String id = "silent-" + log.length();
      append(run(id).resolve("logs.txt"), log);
      String query = log.startsWith("one") ? "?after=4" : "?progress=drop";
      ReceivedLines plain = new ReceivedLines();
      close(connect(id, query, plain), plain);
      for (String name : SUBPROTOCOLS) {
        ReceivedLines lines = new ReceivedLines();
        close(speak(name, id, query, lines), lines);
      }
    }
  }

  @Test
  default void a_socket_speaks_the_subprotocol_that_it_is_asked_for() throws Exception {
    append(run("spoken").resolve("logs.txt"), "one\ntwo\n");
    for (String name : SUBPROTOCOLS) {
      ReceivedLines lines = new ReceivedLines();
      WebSocket socket = speak(name, "spoken", "", lines);
      String first = lines.next();
      close(socket, lines);
      assertThat(socket.getSubprotocol()).isEqualTo(name);
      assertThat(first)
          .isEqualTo(
              name.endsWith("1")
                  ? "{\"offset\":4,\"line\":\"one\"}"
                  : "{\"lines\":[\"one\",\"two\"],\"offset\":8}");
    }
  }

  @Test
  @Timeout(10)
  default void who_asks_for_a_log_without_a_socket_hears_that_it_takes_one() throws Exception {
    String wholeAnswer =
        RawRequest.get(SMALL + "/logs/ws", host()).answer(base(), "no such text", false);

    assertThat(wholeAnswer)
        .startsWith("HTTP/1.1 426 ")
        .containsIgnoringCase("upgrade: websocket")
        .contains("{\"detail\":\"Logs are sent over WebSocket, version 13\"}");
  }

  @Test
  default void a_long_log_arrives_whole_and_in_order() throws Exception {
    Path log = run("long").resolve("logs.txt");
    append(
        log,
        IntStream.range(0, 100_000)
            .mapToObj(line -> "line " + line + " of a run that says much")
            .collect(Collectors.joining("\n", "", "\n")));
    ReceivedLines lines = new ReceivedLines();
    WebSocket socket = connect("long", "?tail=all", lines);

    for (int line = 0; line < 100_000; line++) {
      assertThat(lines.next()).isEqualTo("line " + line + " of a run that says much");
    }
    append(log, "and one more\n");
    assertThat(lines.next()).isEqualTo("and one more");
    close(socket, lines);
  }

  @Test
  default void clients_that_hang_up_with_much_on_its_way_hold_up_nobody() throws Exception {
    append(run("hung").resolve("logs.txt"), ("x".repeat(9_999) + "\n").repeat(2_000));
    List<Socket> hung = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Socket socket = new Socket(base().getHost(), base().getPort());
      hung.add(socket);
      String request =
          String.join(
              "\r\n",
              "GET /api/runs/hung/logs/ws?tail=all HTTP/1.1",
              "Host: localhost",
              "X-Forwarded-For: " + address(),
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      // By the time of the last one the first has more than the connection holds.
      socket.getInputStream().readNBytes(500_000);
    }
    for (Socket socket : hung) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
    for (int i = 0; i < 10; i++) {
      ReceivedLines lines = new ReceivedLines();
      // The servers notice one after the other; until then the address has all its sockets.
      WebSocket socket = connect("hung", "?tail=1", lines);
      while (lines.next().startsWith("(closed")) {
        lines = new ReceivedLines();
        socket = connect("hung", "?tail=1", lines);
      }
      assertThat(lines.next()).startsWith("xxx");
      close(socket, lines);
    }
  }

  /** Payara keeps an endpoint for good whose client leaves while something is written. */
  @Test
  default void of_clients_that_hung_up_nothing_is_left_in_memory() throws Exception {
    append(run("large").resolve("logs.txt"), ("x".repeat(5_000_000) + "\n").repeat(4));
    RawRequest request =
        RawRequest.socket(
            "/api/runs/large/logs/ws?tail=all", host(), "X-Forwarded-For: " + address());
    List<Socket> hung = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      hung.add(request.unread(base()));
    }
    for (Socket socket : hung) {
      // Of the first message, as much as shows that more is being written.
      socket.getInputStream().readNBytes(10_000);
      socket.setSoLinger(true, 0);
      socket.close();
    }
    ServerProcess server = ServerProcess.find(ROOT);
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    int left = server.instances("org.runmetrics.ws.LogSource");
    while (left > 0 && System.nanoTime() < deadline) {
      left = server.instances("org.runmetrics.ws.LogSource");
    }
    assertThat(left).isZero();
  }

  @Test
  default void a_log_of_an_unknown_run_is_refused() throws Exception {
    ReceivedLines lines = new ReceivedLines();
    connect("none", lines);

    assertThat(lines.next()).isEqualTo("[error] Run not found: none");
    assertThat(lines.closeCode()).isEqualTo(1008);
  }
}
