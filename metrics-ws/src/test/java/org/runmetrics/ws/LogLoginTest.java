package org.runmetrics.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.runmetrics.access.Token;
import org.runmetrics.access.TokenLine;

/** Who gets a log where users are told apart; the application's filters stand before this. */
@ParameterizedClass
@EnumSource(EmbeddedServer.class)
@Timeout(60)
class LogLoginTest {
  private static final Token ALICE = Token.random();
  private static final Token BOB = Token.random();

  private final EmbeddedServer embedded;

  @TempDir Path root;
  @TempDir Path folder;
  private LogServer server;

  LogLoginTest(EmbeddedServer embedded) {
    this.embedded = embedded;
  }

  @BeforeEach
  void start() throws Exception {
    Path tokens = folder.resolve("tokens");
    Files.write(tokens, List.of(line("alice", ALICE), line("bob", BOB)));
    Path rules = Files.writeString(folder.resolve("rules"), "group/** = alice\n");
    server =
        new LogServer(
            embedded,
            root,
            Map.of(
                "metrics.auth.tokens", tokens.toString(), "metrics.auth.rules", rules.toString()),
            LogLimits.DEFAULT);
    server.append("one\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_log_is_sent_to_those_that_may_see_its_run() throws Exception {
    try (LogClient client = connect("Authorization", "Bearer " + ALICE.secret())) {
      assertThat(client.next()).isEqualTo("one");
    }
  }

  @Test
  void to_others_there_is_no_such_run() throws Exception {
    try (LogClient client = connect("Authorization", "Bearer " + BOB.secret())) {
      assertThat(client.next()).isEqualTo("[error] Run not found: " + LogServer.RUN);
      assertThat(client.closed()).isEqualTo("1008 Run not found");
    }
  }

  @Test
  void who_is_not_known_is_told_how_to_be() throws Exception {
    try (LogClient client = connect("X-None", "1")) {
      assertThat(client.next()).startsWith("[error] Say who you are: send a token");
      assertThat(client.closed()).isEqualTo("1008 Not let in");
    }
    try (LogClient client = connect("Authorization", "Bearer rmt_other")) {
      assertThat(client.next()).isEqualTo("[error] This token is not known, or no longer");
    }
  }

  @Test
  void a_cookie_is_as_good_unless_another_page_on_the_machine_uses_it() throws Exception {
    assumeTrue(embedded == EmbeddedServer.UNDERTOW, "Without servlets nobody knows the port");
    try (LogClient client = connect("Cookie", cookie(ALICE))) {
      assertThat(client.next()).isEqualTo("one");
    }
    try (LogClient client = connect("Cookie", cookie(ALICE), "Origin", "http://localhost:3000")) {
      assertThat(client.next()).startsWith("[error] Say who you are");
    }
    String own = "http://127.0.0.1:" + server.port();
    try (LogClient client = connect("Cookie", cookie(ALICE), "Origin", own)) {
      assertThat(client.next()).isEqualTo("one");
    }
  }

  private LogClient connect(String... headers) {
    return LogClient.connect(server.address("?tail=5"), List.of(), headers);
  }

  private String cookie(Token token) {
    return "runmetrics-" + server.port() + "=" + token.secret();
  }

  private static String line(String name, Token token) {
    return TokenLine.of(name, token, Optional.empty()).toString();
  }
}
