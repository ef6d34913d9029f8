package org.runmetrics.access;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Who is let in.
 *
 * <p>Without a file of tokens everybody is who reaches the server from its own machine; from other
 * machines only if a setting says that this is meant. Safe for use by several threads.
 */
public final class Entrance {
  /** The setting that names the file of tokens. */
  public static final String TOKENS = "metrics.auth.tokens";

  /** The setting that lets a network read without tokens. */
  public static final String OPEN = "metrics.auth.open";

  /** The setting that names the file of who sees which runs. */
  public static final String RULES = Rules.SETTING;

  private final Optional<TokenFile> tokens;
  private final Optional<Rules> rules;
  private final boolean open;

  private Entrance(Optional<TokenFile> tokens, Optional<Rules> rules, boolean open) {
    this.tokens = tokens;
    this.rules = rules;
    this.open = open;
  }

  /**
   * Reads the files of tokens and of rules, if there are any.
   *
   * @param open whether everybody may read over a network where there are no tokens
   * @throws IllegalArgumentException naming the setting and the line that is wrong
   */
  public static Entrance of(Optional<Path> tokens, Optional<Path> rules, boolean open) {
    if (rules.isPresent() && tokens.isEmpty()) {
      throw new IllegalArgumentException(
          RULES + " must be set beside " + TOKENS + ", which tells users apart");
    }
    return new Entrance(
        tokens.map(path -> TokenFile.open(path, Clock.systemUTC())), rules.map(Rules::open), open);
  }

  /** Returns whether users see only some of the runs. */
  public boolean hasRules() {
    return rules.isPresent();
  }

  /** Returns whether people have to say who they are. */
  public boolean asks() {
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
    if (tokens.isEmpty()) {
      return isExposed(localAddress)
          ? new Admission.Exposed()
          : new Admission.Admitted(Viewer.GUEST);
    }
    return credentials.tokens().stream()
        .flatMap(token -> viewer(tokens.get(), token).stream())
        .findFirst()
        .<Admission>map(Admission.Admitted::new)
        .orElseGet(() -> new Admission.Unknown(!credentials.tokens().isEmpty()));
  }

  private Optional<Viewer> viewer(TokenFile file, Token token) {
    Optional<String> name = file.user(token);
    return name.map(user -> Viewer.named(user, rules, () -> file.user(token).equals(name)));
  }
}
