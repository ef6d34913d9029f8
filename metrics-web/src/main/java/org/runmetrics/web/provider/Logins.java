package org.runmetrics.web.provider;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.runmetrics.access.Identity;
import org.runmetrics.access.Token;
import org.runmetrics.access.TokenLine;
import org.runmetrics.settings.Provider;
import org.runmetrics.settings.Settings;

/**
 * Who somebody is, as a provider says: by the session of a browser that logged in, or by a token of
 * the provider itself, which a program sends.
 *
 * <p>Safe for use by several threads.
 */
public final class Logins {
  /** For which clocks of two machines may differ; the library allows as much. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** What no token is longer than; headers are about as long at most. */
  private static final int LONGEST = 8_000;

  private static final String GROUPS = "groups";
  private static final String EMAIL = "email";

  private final Provider provider;
  private final ProviderTokens tokens;
  private final Seal sessions;

  Logins(Provider provider, ProviderTokens tokens, Clock clock) {
    this.provider = provider;
    this.tokens = tokens;
    this.sessions = Seal.of("runmetrics-session", provider, clock);
  }

  /** Returns settings by which those are let in whom the provider knows, if there is one. */
  public static Settings let(Settings settings) {
    return settings
        .provider()
        .map(
            provider -> {
              Logins logins = new ProviderLogin(provider).logins();
              return settings.with(settings.entrance().asking(logins::identity));
            })
        .orElse(settings);
  }

  /** Returns whose a token is. */
  Identity identity(Token token) {
    String text = token.secret();
    if (text.length() > LONGEST || text.chars().filter(it -> it == '.').count() != 2) {
      return new Identity.Nobody();
    }
    Optional<JWTClaimsSet> session = sessions.open(text);
    if (session.isPresent()) {
      JWTClaimsSet claims = session.get();
      return person(claims.getSubject(), claims.getClaim(GROUPS), end(claims));
    }
    try {
      return tokens.ofProgram(text).map(this::identity).orElseGet(Identity.Nobody::new);
    } catch (ProviderDown down) {
      return new Identity.Untold();
    }
  }

  /** Returns who somebody is by the claims of a token of the provider. */
  Identity identity(JWTClaimsSet claims) {
    if (provider.nameClaim().equals(EMAIL) && !isTrue(claims.getClaim("email_verified"))) {
      return new Identity.Nobody(); // Anybody may say to have any address.
    }
    return person(
        claims.getClaim(provider.nameClaim()),
        claims.getClaim(provider.groupsClaim()),
        end(claims).plus(SKEW));
  }

  /** Returns what a browser sends from now on to say that it is somebody's. */
  String session(Identity.Person person) {
    return sessions.sign(
        new JWTClaimsSet.Builder()
            .subject(person.name())
            .claim(GROUPS, List.copyOf(person.groups()))
            .expirationTime(Date.from(person.until()))
            .build());
  }

  /** Some providers write it as text. */
  private static boolean isTrue(Object claim) {
    return String.valueOf(claim).equals("true");
  }

  private static Identity person(Object name, Object groups, Instant until) {
    return name instanceof String text && TokenLine.isName(text)
        ? new Identity.Person(text, texts(groups), until)
        : new Identity.Nobody();
  }

  private static Instant end(JWTClaimsSet claims) {
    return claims.getExpirationTime().toInstant();
  }

  /**
   * Groups that rules cannot name count for nothing; Keycloak writes a slash before their names.
   */
  private static Set<String> texts(Object claim) {
    Stream<?> values = claim instanceof Collection<?> list ? list.stream() : Stream.of(claim);
    return values
        .filter(String.class::isInstance)
        .map(group -> ((String) group).replaceFirst("^/", ""))
        .filter(TokenLine::isName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
