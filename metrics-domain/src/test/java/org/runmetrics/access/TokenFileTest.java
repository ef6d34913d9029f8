package org.runmetrics.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
  private static final Token ALICE = Token.random();
  private static final Token BOB = Token.random();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("tokens");
  }

  @Test
  void names_whose_a_token_is() throws IOException {
    write(line("alice", ALICE), line("bob", BOB));
    assertThat(open().user(ALICE)).contains("alice");
    assertThat(open().user(BOB)).contains("bob");
    assertThat(open().user(Token.random())).isEmpty();
    assertThat(open().user(new Token(""))).isEmpty();
    assertThat(open().user(new Token(ALICE.hash()))).isEmpty();
  }

  @Test
  void holds_nothing_that_opens_the_door() throws IOException {
    write(line("alice", ALICE));
    assertThat(Files.readString(file)).doesNotContain(ALICE.secret());
    assertThat(ALICE.toString()).doesNotContain(ALICE.secret());
  }

  @Test
  void may_have_comments_and_several_tokens_of_one_user() throws IOException {
    write("# of the lab", "", "  " + line("alice", ALICE) + "  ", line("alice", BOB));
    assertThat(open().user(ALICE)).contains("alice");
    assertThat(open().user(BOB)).contains("alice");
  }

  @Test
  void may_be_written_by_any_editor() throws IOException {
    Files.write(
        file,
        ("\uFEFF# caf\u00e9\r\n" + line("alice", ALICE) + "\r\n").getBytes(StandardCharsets.UTF_8));
    assertThat(open().user(ALICE)).contains("alice");
    Files.write(
        file, ("# caf\u00e9\n" + line("alice", ALICE)).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(open().user(ALICE)).contains("alice");
  }

  @Test
  void a_token_is_taken_to_the_end_of_its_last_day() throws IOException {
    LocalDate day = LocalDate.of(2027, 6, 30);
    write(TokenLine.of("alice", ALICE, Optional.of(day)).toString());
    assertThat(open(at("2027-06-30T23:59:59Z")).user(ALICE)).contains("alice");
    assertThat(open(at("2027-07-01T00:00:00Z")).user(ALICE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "alice 9f86d081",
        "alice sha256:9f86d081",
        "al/ice sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "alice sha256:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08",
        "alice sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 bob",
        "alice sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 until=soon",
      })
  void a_wrong_line_is_named_without_what_may_be_secret(String wrong) throws IOException {
    write(line("bob", BOB), wrong);
    assertThatIllegalArgumentException()
        .isThrownBy(this::open)
        .withMessageStartingWith("metrics.auth.tokens: line 2: a ")
        .withMessageNotContaining("9f86d081");
  }

  @Test
  void a_file_that_is_not_there_is_said_to_be_so() {
    assertThatIllegalArgumentException()
        .isThrownBy(this::open)
        .withMessage("metrics.auth.tokens must be a file that can be read, not " + file);
  }

  @Test
  void is_read_again_when_it_changes() throws IOException {
    write(line("alice", ALICE));
    TokenFile tokens = open();
    assertThat(tokens.user(BOB)).isEmpty();
    write(line("bob", BOB), "not a line");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    awaitUser(tokens, BOB, Optional.of("bob"));
    assertThat(tokens.user(ALICE)).isEmpty();
    Files.delete(file);
    awaitUser(tokens, BOB, Optional.empty());
    write(line("bob", BOB));
    awaitUser(tokens, BOB, Optional.of("bob"));
  }

  private static void awaitUser(TokenFile tokens, Token token, Optional<String> user) {
    while (!tokens.user(token).equals(user)) {
      Thread.onSpinWait();
    }
  }

  private TokenFile open() {
    return open(Clock.systemUTC());
  }

  private TokenFile open(Clock clock) {
    return TokenFile.open(file, clock);
  }

  private static Clock at(String moment) {
    return Clock.fixed(Instant.parse(moment), ZoneOffset.UTC);
  }

  private static String line(String name, Token token) {
    return TokenLine.of(name, token, Optional.empty()).toString();
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }
}
