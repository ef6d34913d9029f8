package org.runmetrics.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntranceTest {
  private static final String HERE = "127.0.0.1";
  private static final String NETWORK = "192.0.2.7";
  private static final Credentials NONE = new Credentials(List.of());
  private static final Token ALICE = Token.random();
  private static final Admission AS_ALICE =
      new Admission.Admitted(Viewer.named("alice", Set.of(), Optional.empty(), () -> true));
  private static final Admission AS_GUEST = new Admission.Admitted(Viewer.GUEST);

  @TempDir Path folder;
  private Entrance guarded = Entrance.of(Optional.empty(), Optional.empty(), false, false);

  @BeforeEach
  void guard() throws IOException {
    Path file = folder.resolve("tokens");
    Files.writeString(file, TokenLine.of("alice", ALICE, Optional.empty()) + "\n");
    guarded = Entrance.of(Optional.of(file), Optional.empty(), false, false);
  }

  @Test
  void without_tokens_the_machine_itself_is_let_in_and_a_network_only_if_that_is_meant() {
    Entrance closed = Entrance.of(Optional.empty(), Optional.empty(), false, false);
    for (String here : List.of(HERE, "127.0.0.5", "0:0:0:0:0:0:0:1", "::1")) {
      assertThat(closed.admit(NONE, here)).as(here).isEqualTo(AS_GUEST);
    }
    for (String there : List.of(NETWORK, "2001:db8:0:0:0:0:0:7", "fe80::1%eth0", "")) {
      assertThat(closed.admit(NONE, there)).as(there).isEqualTo(new Admission.Exposed());
    }
    assertThat(Entrance.of(Optional.empty(), Optional.empty(), false, true).admit(NONE, NETWORK))
        .isEqualTo(AS_GUEST);
  }

  @Test
  void with_tokens_only_those_are_let_in_that_have_one() {
    for (String address : List.of(HERE, NETWORK)) {
      assertThat(guarded.admit(NONE, address)).isEqualTo(new Admission.Unknown(false));
      assertThat(guarded.admit(bearer("Bearer rmt_other"), address))
          .isEqualTo(new Admission.Unknown(true));
      assertThat(guarded.admit(bearer("Bearer " + ALICE.secret()), address)).isEqualTo(AS_ALICE);
      assertThat(guarded.admit(bearer("bearer  " + ALICE.secret() + " "), address))
          .isEqualTo(AS_ALICE);
    }
  }

  @Test
  void the_setting_that_opens_a_network_opens_no_door_that_has_a_lock() {
    Entrance both =
        Entrance.of(Optional.of(folder.resolve("tokens")), Optional.empty(), false, true);
    assertThat(both.admit(NONE, NETWORK)).isEqualTo(new Admission.Unknown(false));
    assertThat(both.isExposed(NETWORK)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YWxpY2U6eA==", "Digest x", "Bearer", ""})
  void what_is_no_bearer_token_is_none(String header) {
    assertThat(guarded.admit(bearer(header), HERE)).isEqualTo(new Admission.Unknown(false));
  }

  @Test
  void two_tokens_are_none() {
    String token = "Bearer " + ALICE.secret();
    Credentials twice = Credentials.of(List.of(token, token), List.of(), true, 23300);
    assertThat(guarded.admit(twice, HERE)).isEqualTo(new Admission.Unknown(false));
  }

  @Test
  void a_cookie_counts_for_the_servers_own_page_alone() {
    List<String> cookies = List.of("a=b; runmetrics-23300=" + ALICE.secret() + "; c");
    assertThat(guarded.admit(Credentials.of(List.of(), cookies, true, 23300), HERE))
        .isEqualTo(AS_ALICE);
    assertThat(guarded.admit(Credentials.of(List.of(), cookies, false, 23300), HERE))
        .isEqualTo(new Admission.Unknown(false));
  }

  @Test
  void cookies_of_other_ports_of_the_host_count_nothing_and_do_not_hide_ours() {
    String others =
        IntStream.range(1, 20)
            .mapToObj(port -> "runmetrics-" + port + "=" + ALICE.secret())
            .collect(Collectors.joining("; "));
    assertThat(guarded.admit(Credentials.of(List.of(), List.of(others), true, 23300), HERE))
        .isEqualTo(new Admission.Unknown(false));
    List<String> cookies = List.of(others, "runmetrics-23300=" + ALICE.secret());
    assertThat(guarded.admit(Credentials.of(List.of(), cookies, true, 23300), HERE))
        .isEqualTo(AS_ALICE);
  }

  @Test
  void a_wrong_token_is_not_made_good_by_a_cookie() {
    Credentials both =
        Credentials.of(
            List.of("Bearer rmt_other"),
            List.of("runmetrics-23300=" + ALICE.secret()),
            true,
            23300);
    assertThat(guarded.admit(both, HERE)).isEqualTo(new Admission.Unknown(true));
  }

  @Test
  void those_whom_a_provider_knows_are_let_in_until_their_token_ends() {
    Entrance asking = Entrance.of(Optional.empty(), Optional.empty(), true, false);
    assertThat(asking.asks()).isTrue();
    assertThat(asking.admit(bearer("Bearer a"), HERE)).isEqualTo(new Admission.Unknown(true));
    Instant now = Instant.now();
    Entrance known =
        asking.asking(
            token ->
                switch (token.secret()) {
                  case "lasts" -> new Identity.Person("bob", Set.of("ml"), now.plusSeconds(3600));
                  case "ends" -> new Identity.Person("bob", Set.of("ml"), now);
                  case "later" -> new Identity.Untold();
                  default -> new Identity.Nobody();
                });
    assertThat(known.admit(bearer("Bearer lasts"), NETWORK))
        .isInstanceOfSatisfying(
            Admission.Admitted.class,
            admitted -> {
              assertThat(admitted.viewer().name()).contains("bob");
              assertThat(admitted.viewer().isKnown()).isTrue();
            });
    assertThat(known.admit(bearer("Bearer ends"), NETWORK))
        .isInstanceOfSatisfying(
            Admission.Admitted.class,
            admitted -> assertThat(admitted.viewer().isKnown()).isFalse());
    assertThat(known.admit(bearer("Bearer later"), NETWORK)).isEqualTo(new Admission.Untold());
    assertThat(known.admit(bearer("Bearer other"), NETWORK)).isEqualTo(new Admission.Unknown(true));
    assertThat(known.admit(NONE, HERE)).isEqualTo(new Admission.Unknown(false));
  }

  @Test
  void two_of_a_name_in_other_groups_are_others() {
    Viewer one = Viewer.named("alice", Set.of("ml"), Optional.empty(), () -> true);
    Viewer other = Viewer.named("alice", Set.of("hr"), Optional.empty(), () -> true);
    assertThat(one).isNotEqualTo(other);
    assertThat(one).isEqualTo(Viewer.named("alice", Set.of("ml"), Optional.empty(), () -> false));
  }

  private static Credentials bearer(String header) {
    return Credentials.of(List.of(header), List.of(), true, 23300);
  }
}
