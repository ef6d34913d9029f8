package org.runmetrics.web.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.access.Identity;
import org.runmetrics.settings.Provider;
import org.runmetrics.web.http.Problem;

/**
 * Logs people in who have an account at a provider: by a code, with PKCE, state and nonce.
 *
 * <p>Nothing of a login under way is kept here, so that it may end at another server of the same
 * storage. Safe for use by several threads.
 */
final class ProviderLogin {
  /** For which a login may be under way; people look for their second factor. */
  static final Duration TIME = Duration.ofMinutes(10);

  private static final Logger LOG = System.getLogger(ProviderLogin.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Of a cookie; browsers drop, without a word, what is over 4096 bytes with its name. */
  private static final int LONGEST_SESSION = 3_900;

  private final Provider provider;
  private final Clock clock;
  private final ProviderConnection connection;
  private final KnownProvider known;
  private final ProviderTokens tokens;
  private final Logins logins;
  private final Seal attempts;

  /** Asks nothing until somebody logs in. */
  ProviderLogin(Provider provider) {
    this(provider, Clock.systemUTC(), PATIENCE, PAUSE);
  }

  ProviderLogin(Provider provider, Clock clock, Duration patience, Duration pause) {
    this.provider = provider;
    this.clock = clock;
    this.connection = new ProviderConnection(patience);
    this.known = new KnownProvider(provider, connection, pause);
    this.tokens = new ProviderTokens(provider, known);
    this.logins = new Logins(provider, tokens, clock);
    this.attempts = Seal.of("runmetrics-login", provider, clock);
  }

  Logins logins() {
    return logins;
  }

  /**
   * A login that has begun.
   *
   * @param address where the browser is to go
   * @param kept what it is to keep meanwhile
   */
  record Begun(String address, String kept) {}

  /**
   * A login that has succeeded.
   *
   * @param session what the browser is to send from now on
   * @param back where it is to go
   */
  record Done(String session, String back) {}

  /**
   * Begins a login.
   *
   * @param callback our address to which the provider sends the browser
   * @param back our address at which the person wants to be then
   */
  Begun begin(String callback, String back) throws ProviderDown {
    Attempt attempt = Attempt.begin(callback, back);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", provider.client());
    query.put("redirect_uri", callback);
    query.put("scope", provider.scope());
    query.put("state", attempt.state());
    query.put("nonce", attempt.nonce());
    query.put("code_challenge", attempt.challenge());
    query.put("code_challenge_method", "S256");
    String address = known.metadata().authorization().toString();
    return new Begun(
        address + (address.contains("?") ? "&" : "?") + ProviderConnection.encoded(query),
        attempts.sign(attempt.claims(clock.instant().plus(TIME))));
  }

  /**
   * Ends a login.
   *
   * @param kept what the browser kept since it began
   * @param sent what the provider sent by the browser
   * @throws WebApplicationException if it does not succeed
   */
  Done finish(String kept, SentByProvider sent) throws ProviderDown {
    Attempt attempt =
        attempts
            .open(kept)
            .flatMap(Attempt::of)
            .filter(it -> sent.state().filter(it::isOf).isPresent())
            .orElseThrow(
                () ->
                    Problem.forbidden(
                        "This login was not begun in this browser, or more than 10 minutes ago;"
                            + " log in again"));
    boolean isFromProvider =
        sent.issuer().map(provider.issuer()::equals).orElse(!known.metadata().namesItself());
    if (!isFromProvider) {
      throw Problem.forbidden("Another provider than the one that was asked answers this login");
    }
    if (sent.error().isPresent()) {
      throw Problem.forbidden("The provider refuses this login: " + sent.error().get());
    }
    String code =
        sent.code().orElseThrow(() -> Problem.badRequest("The provider must send a code"));
    Optional<JWTClaimsSet> claims = tokens.ofLogin(idToken(code, attempt), attempt.nonce());
    if (claims.isEmpty()) {
      LOG.log(Level.WARNING, "An ID token is not good: {0}", provider);
      throw Problem.forbidden("What the provider says of who logs in cannot be relied on");
    }
    return new Done(session(claims.get()), attempt.back());
  }

  private String session(JWTClaimsSet claims) {
    if (!(logins.identity(claims) instanceof Identity.Person person)) {
      throw Problem.forbidden(
          "The provider's claim %s must be a name of up to 64 letters, digits and . _ @ + -"
              .formatted(provider.nameClaim()));
    }
    String session =
        logins.session(
            new Identity.Person(
                person.name(), person.groups(), clock.instant().plus(provider.session())));
    if (session.length() > LONGEST_SESSION) {
      throw Problem.forbidden(
          "The provider's claim %s holds too many groups for a cookie: %d"
              .formatted(provider.groupsClaim(), person.groups().size()));
    }
    return session;
  }

  private String idToken(String code, Attempt attempt) throws ProviderDown {
    Metadata metadata = known.metadata();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", attempt.callback());
    form.put("code_verifier", attempt.verifier());
    form.put("client_id", provider.client());
    if (metadata.secretInForm()) {
      form.put("client_secret", provider.secret());
    }
    ProviderConnection.Answer answer =
        connection.post(
            metadata.token(),
            form,
            metadata.secretInForm() ? Map.of() : Map.of("Authorization", basic()));
    if (answer.status() == 400 || answer.status() == 401 || answer.status() == 403) {
      LOG.log(
          Level.WARNING,
          "The provider refuses a code, or the client and its secret, with {0}",
          answer.status());
      throw Problem.forbidden("The provider does not take this login's code; log in again");
    }
    try {
      String token = JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), "id_token");
      if (answer.status() == 200 && token != null) {
        return token;
      }
    } catch (ParseException malformed) {
      // Told below, like an answer without a token.
    }
    throw new ProviderDown("The provider answers a code with no token: " + answer.status());
  }

  /** A name and a secret that hold a colon are encoded as RFC 6749, 2.3.1, has it. */
  private String basic() {
    String pair =
        ProviderConnection.encoded(provider.client())
            + ":"
            + ProviderConnection.encoded(provider.secret());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }
}
