package org.runmetrics.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.runmetrics.access.Entrance;

/**
 * A provider of logins by OpenID Connect, and what we are to it.
 *
 * @param issuer its address, as its tokens have it
 * @param title what people call it
 * @param client the name by which it knows us
 * @param secret by which it knows that it is us; at least 16 characters
 * @param scope what we ask it for, such as {@code openid profile}
 * @param nameClaim what of its tokens names a user
 * @param groupsClaim what of its tokens lists a user's groups
 * @param session how long a login lasts
 */
public record Provider(
    String issuer,
    String title,
    String client,
    String secret,
    String scope,
    String nameClaim,
    String groupsClaim,
    Duration session) {
  private static final String CLIENT = "metrics.auth.oidc.client";
  private static final String SECRET = "metrics.auth.oidc.secret";
  private static final String SECRET_FILE = "metrics.auth.oidc.secret-file";

  /** Sessions are signed by it, so that it must not be guessed by who has one. */
  private static final int SHORTEST_SECRET = 16;

  /** Reads the settings, all of them, so that their names are known. */
  static Optional<Provider> from(
      Function<String, Optional<String>> values, Function<String, Optional<Path>> paths) {
    Optional<String> issuer = values.apply(Entrance.ISSUER);
    Optional<String> title = values.apply("metrics.auth.oidc.title");
    Optional<String> client = values.apply(CLIENT);
    Optional<String> secret = values.apply(SECRET);
    Optional<Path> file = paths.apply(SECRET_FILE);
    String scope = values.apply("metrics.auth.oidc.scope").orElse("openid profile");
    String nameClaim = values.apply("metrics.auth.oidc.name-claim").orElse("preferred_username");
    String groupsClaim = values.apply("metrics.auth.oidc.groups-claim").orElse("groups");
    int hours = Settings.positive(values, "metrics.auth.oidc.hours", 12);
    if (issuer.isEmpty()) {
      if (client.isPresent() || secret.isPresent() || file.isPresent()) {
        throw new IllegalArgumentException(
            Entrance.ISSUER + " must be set where other metrics.auth.oidc settings are");
      }
      return Optional.empty();
    }
    URI address = address(issuer.get());
    if (client.isEmpty() || secret.isPresent() == file.isPresent()) {
      throw new IllegalArgumentException(
          "Beside %s there must be %s, and either %s or %s"
              .formatted(Entrance.ISSUER, CLIENT, SECRET_FILE, SECRET));
    }
    return Optional.of(
        new Provider(
            issuer.get(),
            title.orElse(address.getHost()),
            client.get(),
            checked(secret.or(() -> file.map(Provider::read)).orElse("")),
            scope,
            nameClaim,
            groupsClaim,
            Duration.ofHours(hours)));
  }

  private static URI address(String issuer) {
    try {
      URI address = URI.create(issuer);
      if (isSafe(address) && address.getQuery() == null && address.getFragment() == null) {
        return address;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Reported below, like an address that is not safe.
    }
    throw new IllegalArgumentException(
        Entrance.ISSUER
            + " must be an address such as https://login.example.org/realms/lab, or with http one"
            + " of this machine, not "
            + issuer);
  }

  /** Returns whether nobody in a network can change what an address answers. */
  public static boolean isSafe(URI address) {
    return address.getHost() != null
        && address.getUserInfo() == null
        && ("https".equals(address.getScheme())
            || ("http".equals(address.getScheme())
                && address.getHost().matches("localhost|127\\.0\\.0\\.1|\\[::1\\]")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          SECRET_FILE + " must be a file of text that can be read, not " + file, unreadable);
    }
  }

  private static String checked(String secret) {
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "The client's secret (%s or %s) must have at least %d characters, as sessions are signed by it"
              .formatted(SECRET_FILE, SECRET, SHORTEST_SECRET));
    }
    return secret;
  }

  /** Hides the secret from logs. */
  @Override
  public String toString() {
    return issuer + " for " + client;
  }
}
