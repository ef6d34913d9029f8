package org.runmetrics.web.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.runmetrics.access.Identity;
import org.runmetrics.access.Token;
import org.runmetrics.settings.Provider;
import org.runmetrics.settings.Settings;

@Timeout(60)
class LoginsTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private Optional<TestProvider> server = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    server = Optional.of(TestProvider.start());
  }

  @AfterEach
  void stop() {
    server.ifPresent(TestProvider::close);
  }

  @Test
  void a_new_key_of_the_provider_is_asked_for_when_a_token_names_it() {
    Logins logins = logins(CLOCK, Duration.ofSeconds(5), Duration.ZERO);
    Token old = new Token(TestProvider.signed(provider().claims(), TestProvider.FIRST));
    assertThat(logins.identity(old)).isInstanceOf(Identity.Person.class);
    Token later = new Token(TestProvider.signed(provider().claims(), TestProvider.SECOND));
    assertThat(logins.identity(later)).isEqualTo(new Identity.Nobody());
    provider().keys.add(TestProvider.SECOND);
    assertThat(logins.identity(later)).isInstanceOf(Identity.Person.class);
    assertThat(provider().keysAsked).hasValue(3);
  }

  @Test
  void a_session_ends_when_it_says() {
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
    Identity.Person alice = new Identity.Person("alice", Set.of("ml", "lab"), end);
    Token session = new Token(logins(CLOCK, Duration.ZERO, Duration.ZERO).session(alice));
    assertThat(logins(CLOCK, Duration.ZERO, Duration.ZERO).identity(session)).isEqualTo(alice);
    Clock later = Clock.offset(CLOCK, Duration.ofHours(1));
    provider().close();
    assertThat(logins(later, Duration.ofSeconds(1), Duration.ZERO).identity(session))
        .isNotInstanceOf(Identity.Person.class);
  }

  @Test
  void groups_that_rules_cannot_name_count_for_nothing() {
    Token token =
        new Token(
            TestProvider.signed(
                provider()
                    .claims()
                    .claim("groups", List.of("/ml", "lab", "/a/b", "two words", "@c", "*", 7)),
                TestProvider.FIRST));
    assertThat(logins(CLOCK, Duration.ofSeconds(5), Duration.ZERO).identity(token))
        .isInstanceOfSatisfying(
            Identity.Person.class,
            person -> assertThat(person.groups()).containsExactlyInAnyOrder("ml", "lab"));
  }

  @Test
  void an_address_that_was_not_verified_is_nobodys() {
    Provider byEmail =
        Settings.from(
                name ->
                    name.equals("metrics.auth.oidc.name-claim")
                        ? Optional.of("email")
                        : Optional.ofNullable(provider().settings().get(name)))
            .provider()
            .orElseThrow();
    Logins logins =
        new ProviderLogin(byEmail, CLOCK, Duration.ofSeconds(5), Duration.ZERO).logins();
    Token said =
        new Token(
            TestProvider.signed(
                provider().claims().claim("email", "alice@lab.org"), TestProvider.FIRST));
    Token verified =
        new Token(
            TestProvider.signed(
                provider().claims().claim("email", "alice@lab.org").claim("email_verified", true),
                TestProvider.FIRST));
    assertThat(logins.identity(said)).isEqualTo(new Identity.Nobody());
    assertThat(logins.identity(verified))
        .isInstanceOfSatisfying(
            Identity.Person.class, person -> assertThat(person.name()).isEqualTo("alice@lab.org"));
  }

  @Test
  void a_provider_that_does_not_answer_holds_up_few_and_none_for_long() {
    provider().silent = Optional.of("/keys");
    Logins logins = logins(CLOCK, Duration.ofSeconds(2), Duration.ofSeconds(60));
    Token token = new Token(TestProvider.signed(provider().claims(), TestProvider.FIRST));
    long start = System.nanoTime();
    List<CompletableFuture<Identity>> all =
        IntStream.range(0, 50)
            .mapToObj(
                each ->
                    CompletableFuture.supplyAsync(
                        () -> logins.identity(token), work -> new Thread(work).start()))
            .toList();
    assertThat(all.stream().map(CompletableFuture::join).collect(Collectors.toSet()))
        .isEqualTo(Collections.singleton(new Identity.Untold()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(provider().keysAsked).as("those that waited do not ask again").hasValue(0);
    assertThat(provider().asked).hasValue(2);
  }

  private TestProvider provider() {
    return server.orElseThrow();
  }

  private Logins logins(Clock clock, Duration patience, Duration pause) {
    Provider settings =
        Settings.from(name -> Optional.ofNullable(provider().settings().get(name)))
            .provider()
            .orElseThrow();
    return new ProviderLogin(settings, clock, patience, pause).logins();
  }
}
