package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page of somebody else that a researcher has open beside ours. */
@Timeout(120)
@ExtendWith(Visit.class)
class OtherOriginIT {
  private final Browser browser;
  private HttpServer other;

  OtherOriginIT(Browser browser) {
    this.browser = browser;
  }

  @BeforeEach
  void start() throws IOException {
    byte[] page =
        ("<!DOCTYPE html><title>other</title><iframe src=\"" + browser.server() + "/\"></iframe>")
            .getBytes(StandardCharsets.UTF_8);
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          try (exchange) {
            exchange.getResponseBody().write(page);
          }
        });
    other.start();
  }

  @AfterEach
  void stop() {
    other.stop(0);
    browser.forgetComplaints();
  }

  /** Pages of this machine's own names may read runs, so this one has another. */
  private String address() {
    return "http://runs.localhost:" + other.getAddress().getPort() + "/";
  }

  @Test
  void does_not_get_ours_into_a_frame() {
    browser.forgetComplaints();
    browser.leaveFor(address());
    List<String> complaints = browser.complaints();
    assertThat(complaints).anyMatch(text -> text.contains("frame-ancestors"));
  }

  @Test
  void reads_no_run_no_stream_and_no_log() {
    browser.leaveFor(address());
    assertThat(
            browser.later(
                "const done = arguments[0];"
                    + "fetch('"
                    + browser.server()
                    + "/api/runs').then(it => it.text()).then(done, () => done('refused'))"))
        .isEqualTo("refused");
    assertThat(
            browser.later(
                "const done = arguments[0];"
                    + "const source = new EventSource('"
                    + browser.server()
                    + "/api/runs/stream');"
                    + "source.onmessage = source.onopen = () => done('open');"
                    + "source.onerror = () => { source.close(); done('refused'); }"))
        .isEqualTo("refused");
    assertThat(
            browser.later(
                "const done = arguments[0];"
                    + "const socket = new WebSocket('"
                    + browser.server().replace("http", "ws")
                    + "/api/runs/"
                    + PageStorage.LIVE
                    + "/logs/ws');"
                    + "socket.onmessage = () => done('read');"
                    + "socket.onclose = () => done('refused')"))
        .isEqualTo("refused");
  }
}
