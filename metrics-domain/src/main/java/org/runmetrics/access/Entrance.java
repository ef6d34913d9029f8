package org.runmetrics.access;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who is let in.
 *
 * <p>Without a file of tokens and a provider of logins everybody is who reaches the server from its
 * own machine; from other machines only if a setting says that this is meant. Safe for use by
 * several threads.
 */
public final class Entrance {
  /** The setting that names the file of tokens. */
  public static final String TOKENS = "metrics.auth.tokens";

  /** The setting that names the provider of logins. */
  public static final String ISSUER = "metrics.auth.oidc.issuer";

  /** The setting that lets a network read without tokens. */
  public static final String OPEN = "metrics.auth.open";

  /** The setting that names the file of who sees which runs. */
  public static final String RULES = Rules.SETTING;

  private final Optional<TokenFile> tokens;
  private final Optional<Rules> rules;
  private final boolean provider;
  private final boolean open;

  /** Nobody is known to a provider until one is asked. */
  private final Function<Token, Identity> identities;

  private Entrance(
      Optional<TokenFile> tokens,
      Optional<Rules> rules,
      boolean provider,
      boolean open,
      Function<Token, Identity> identities) {
    this.tokens = tokens;
    this.rules = rules;
    this.provider = provider;
    this.open = open;
    this.identities = identities;
  }

  /**
   * Reads the files of tokens and of rules, if there are any.
   *
   * @param provider whether there is a provider of logins
   * @param open whether everybody may read over a network where nobody is asked who they are
   * @throws IllegalArgumentException naming the setting and the line that is wrong
   */
  public static Entrance of(
      Optional<Path> tokens, Optional<Path> rules, boolean provider, boolean open) {
    if (rules.isPresent() && tokens.isEmpty() && !provider) {
      throw new IllegalArgumentException(
          "%s must be set beside %s or %s, which tell users apart"
              .formatted(RULES, TOKENS, ISSUER));
    }
    return new Entrance(
        tokens.map(path -> TokenFile.open(path, Clock.systemUTC())),
        rules.map(Rules::open),
        provider,
        open,
        token -> new Identity.Nobody());
  }

  /**
   * Returns the same entrance, which lets in those whom a provider of logins knows too.
   *
   * @param identities tells whose a token is that no file names
   */
  public Entrance asking(Function<Token, Identity> identities) {
    return new Entrance(tokens, rules, provider, open, identities);
  }

  /** Returns whether users see only some of the runs. */
  public boolean hasRules() {
    return rules.isPresent();
  }

  /** Returns whether people have to say who they are. */
  public boolean asks() {
    return tokens.isPresent() || provider;
  }

  /** Returns whether there is a file of tokens, one of which people may say. */
  public boolean hasTokens() {
    return tokens.isPresent();
  }

  /** Returns whether everybody who reaches an address of this machine may read. */
  public boolean isExposed(String localAddress) {
    return !asks()
        && !open
        && !Host.ofAddress(localAddress).map(Host::isLoopbackAddress).orElse(false);
  }

  /**
   * Judges a request.
   *
   * @param localAddress the server's end of the connection, an IP address
   */
  public Admission admit(Credentials credentials, String localAddress) {
    if (!asks()) {
      return isExposed(localAddress)
          ? new Admission.Exposed()
          : new Admission.Admitted(Viewer.GUEST);
    }
    List<Admission> judged = credentials.tokens().stream().map(this::judge).toList();
    return judged.stream()
        .filter(Admission.Admitted.class::isInstance)
        .findFirst()
        .or(() -> judged.stream().filter(Admission.Untold.class::isInstance).findFirst())
        .orElseGet(() -> new Admission.Unknown(!judged.isEmpty()));
  }

  private Admission judge(Token token) {
    Optional<Viewer> named = tokens.flatMap(file -> viewer(file, token));
    if (named.isPresent()) {
      return new Admission.Admitted(named.get());
    }
    Identity identity = identities.apply(token);
    if (identity instanceof Identity.Person person) {
      return new Admission.Admitted(
          Viewer.named(
              person.name(), person.groups(), rules, () -> Instant.now().isBefore(person.until())));
    }
    return identity instanceof Identity.Untold
        ? new Admission.Untold()
        : new Admission.Unknown(true);
  }

  private Optional<Viewer> viewer(TokenFile file, Token token) {
    Optional<String> name = file.user(token);
    return name.map(
        user -> Viewer.named(user, Set.of(), rules, () -> file.user(token).equals(name)));
  }
}
