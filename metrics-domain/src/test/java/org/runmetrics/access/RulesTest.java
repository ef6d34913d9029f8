package org.runmetrics.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RulesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "team-a/**, team-a/lr/1, true",
    "team-a/**, team-a/1, true",
    "team-a/**, team-ab/1, false",
    "team-a/**, team-b/team-a/1, false",
    "team-a, team-a/lr/1, true",
    "team-a/, team-a/lr/1, true",
    "team-a, team-ab/1, false",
    "team-a/lr/1, team-a/lr/1, true",
    "team-a/lr/1, team-a/lr/12, false",
    "/project/**, /project/name/runs/1, true",
    "project/**, /project/name/runs/1, false",
    "team-*/lr/*, team-a/lr/1, true",
    "team-*/lr/*, team-a/x/lr/1, false",
    "team-*/lr/*, team-a/lr/1/2, false",
    "**/public/**, team-a/x/public/1, true",
    "**/public/**, public/1, false",
    "**, any/thing, true",
    "*, one, true",
    "*, one/two, false",
    "a+b(c/**, a+b(c/1, true",
    "*/1, 小型/1, true",
  })
  void a_pattern_is_of_folders_and_stars(String pattern, String location, boolean seen)
      throws IOException {
    assertThat(rules(pattern + " = alice").allow("alice", Set.of(), location)).isEqualTo(seen);
  }

  @Test
  void a_line_is_for_those_that_it_names() throws IOException {
    Rules rules =
        rules("# who sees what", "", "a/** = alice, bob", "b/**=bob", "shared/** = *", "** = root");
    assertThat(rules.allow("alice", Set.of(), "a/1")).isTrue();
    assertThat(rules.allow("alice", Set.of(), "b/1")).isFalse();
    assertThat(rules.allow("bob", Set.of(), "a/1")).isTrue();
    assertThat(rules.allow("bob", Set.of(), "b/1")).isTrue();
    assertThat(rules.allow("carol", Set.of(), "a/1")).isFalse();
    assertThat(rules.allow("carol", Set.of(), "shared/1")).isTrue();
    assertThat(rules.allow("root", Set.of(), "none/1")).isTrue();
    assertThat(rules.allow("bob", Set.of(), "none/1")).isFalse();
    assertThat(rules.allowAll("root", Set.of())).isTrue();
    assertThat(rules.allowAll("bob", Set.of())).isFalse();
  }

  @Test
  void a_group_stands_for_those_in_it_and_in_its_groups() throws IOException {
    Rules rules =
        rules(
            "ml/** = @ml", "all/** = @all", "@all = @ml, carol", "@ml = alice, bob", "@ml = dave");
    for (String member : List.of("alice", "bob", "dave")) {
      assertThat(rules.allow(member, Set.of(), "ml/1")).as(member).isTrue();
      assertThat(rules.allow(member, Set.of(), "all/1")).as(member).isTrue();
    }
    assertThat(rules.allow("carol", Set.of(), "ml/1")).isFalse();
    assertThat(rules.allow("carol", Set.of(), "all/1")).isTrue();
    assertThat(rules.allow("@ml", Set.of(), "ml/1")).as("no user has the name of a group").isTrue();
  }

  @Test
  void who_is_in_a_group_by_a_provider_is_in_it_as_by_the_file() throws IOException {
    Rules rules = rules("ml/** = @ml", "all/** = @all", "@all = @ml", "** = @root");
    assertThat(rules.allow("alice", Set.of("ml"), "ml/1")).isTrue();
    assertThat(rules.allow("alice", Set.of("ml"), "all/1")).isTrue();
    assertThat(rules.allow("alice", Set.of(), "ml/1")).isFalse();
    assertThat(rules.allow("ml", Set.of(), "ml/1")).as("a user is no group").isFalse();
    assertThat(rules.allowAll("alice", Set.of("root"))).isTrue();
    assertThat(rules.allowAll("alice", Set.of("ml"))).isFalse();
  }

  @Test
  void groups_that_hold_each_other_are_no_endless_question() throws IOException {
    Rules rules = rules("@one = @two", "@two = @one, alice", "a/** = @one");
    assertThat(rules.allow("alice", Set.of(), "a/1")).isTrue();
    assertThat(rules.allow("bob", Set.of(), "a/1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team-a/**",
        "= alice",
        "team-a/** =",
        "team-a/** = alice,",
        "team-a/** = a b",
        "@ = alice",
        "runs/team-a/** = alice",
        "./a = alice",
        "a/../b = alice",
        "a*/ = alice",
        "a/*** = alice",
        "a = b = alice",
        "a//b = alice",
        "@m/l = alice",
        "team-a/** = @"
      })
  void a_wrong_line_ends_the_start(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules("a = alice", line))
        .withMessageStartingWith("metrics.auth.rules: line 2: a ");
  }

  @Test
  void rules_need_tokens_that_tell_users_apart() throws IOException {
    Path file = Files.writeString(folder.resolve("rules"), "a = alice\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Entrance.of(Optional.empty(), Optional.of(file), false, false))
        .withMessageContaining("metrics.auth.tokens");
  }

  @Test
  void what_is_written_into_the_file_counts_soon() throws IOException {
    Rules rules = rules("a/** = alice");
    assertThat(rules.allow("alice", Set.of(), "a/1")).isTrue();
    Object before = rules.version();
    Files.writeString(folder.resolve("rules"), "b/** = alice\nno line\n");
    while (rules.allow("alice", Set.of(), "a/1")) {
      Thread.onSpinWait();
    }
    assertThat(rules.allow("alice", Set.of(), "b/1")).isTrue();
    assertThat(rules.version()).isNotSameAs(before);
  }

  private Rules rules(String... lines) throws IOException {
    return Rules.open(Files.write(folder.resolve("rules"), List.of(lines)));
  }
}
