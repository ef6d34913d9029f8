package org.runmetrics.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.runmetrics.access.Entrance;
import org.runmetrics.access.ReadAccess;

/**
 * The settings of a server.
 *
 * <p>Names follow MicroProfile Config: {@code metrics.storage.root} is a system property or the
 * environment variable {@code METRICS_STORAGE_ROOT}; the property wins.
 *
 * @param storageRoot the folder of runs; nothing asks for the demo
 * @param rateLimit how often a client may ask for metrics
 * @param socketsPerClient log sockets that one client address may hold at once
 * @param streamsPerClient event streams that one client address may hold at once
 * @param answersPerClient long answers that one client address may be sent at a time; more wait
 * @param proxies peers whose word on a client's connection counts
 * @param access which hosts the server answers for, and which web pages may read
 * @param entrance who is let in
 * @param provider of logins, if there is one
 * @param cache the most that cached series take
 * @param cacheDirectory where they lie on disk, if they do
 * @param scanThreads how many threads may read files of runs at a time; all cores but one by
 *     default, so that whatever else is asked finds one free
 * @param poll between two looks at files that somebody listens to, for file systems that do not
 *     report changes
 * @param accessLog whether each request is told in the server's log
 * @param stop the most that answers under way are waited for when the server stops
 */
public record Settings(
    Optional<Path> storageRoot,
    RateLimit rateLimit,
    int socketsPerClient,
    int streamsPerClient,
    int answersPerClient,
    TrustedProxies proxies,
    ReadAccess access,
    Entrance entrance,
    Optional<Provider> provider,
    CacheSize cache,
    Path cacheDirectory,
    int scanThreads,
    Duration poll,
    boolean accessLog,
    Duration stop) {

  /** Checks that the cache lies outside of the storage root. */
  public Settings {
    if (cache.disk() > 0) {
      storageRoot.ifPresent(root -> CacheLocation.check(cacheDirectory, root));
    }
  }

  /**
   * A limit of requests a minute for each client and view.
   *
   * @param enabled whether there is a limit
   * @param requests requests a minute
   */
  public record RateLimit(boolean enabled, int requests) {}

  /**
   * Reads system properties and environment variables.
   *
   * @throws IllegalArgumentException for a value that a setting does not allow, and for a name that
   *     begins as settings do and is none
   */
  public static Settings load() {
    Properties properties = System.getProperties();
    return load(
        properties.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, properties::getProperty)),
        System.getenv());
  }

  static Settings load(Map<String, String> properties, Map<String, String> environment) {
    Set<String> known = new HashSet<>();
    Settings settings =
        from(
            name -> {
              known.add(name);
              return Optional.ofNullable(properties.get(name))
                  .or(() -> Optional.ofNullable(environment.get(environmentName(name))));
            });
    new SettingNames(known).check(properties, environment);
    return settings;
  }

  /**
   * Reads settings from a source of values by name.
   *
   * @throws IllegalArgumentException for a value that a setting does not allow, naming both
   */
  public static Settings from(Function<String, Optional<String>> source) {
    Function<String, Optional<String>> values =
        name -> source.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    Optional<Provider> provider = Provider.from(values, name -> path(values, name));
    return new Settings(
        path(values, "metrics.storage.root").or(() -> path(values, "RUNICORN_DIR")),
        new RateLimit(
            bool(values, "metrics.ratelimit.enabled", true),
            positive(values, "metrics.ratelimit.requests", 60)),
        positive(values, "metrics.websocket.per-client", 10),
        positive(values, "metrics.stream.per-client", 200),
        positive(values, "metrics.answer.per-client", 32),
        TrustedProxies.parse(
            values.apply("metrics.proxies").orElse(""),
            values.apply("metrics.proxies.header").orElse("X-Forwarded-For")),
        ReadAccess.parse(
            values.apply("metrics.hosts").orElse(""), values.apply("metrics.origins").orElse("")),
        Entrance.of(
            path(values, Entrance.TOKENS),
            path(values, Entrance.RULES),
            provider.isPresent(),
            bool(values, Entrance.OPEN, false)),
        provider,
        CacheSize.from(values),
        path(values, CacheLocation.NAME).orElseGet(() -> CacheLocation.byDefault(values)),
        positive(
            values,
            "metrics.scan.threads",
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1)),
        Duration.ofMillis(positive(values, "metrics.poll.milliseconds", 1000)),
        bool(values, "metrics.accesslog.enabled", false),
        Duration.ofSeconds(positive(values, "metrics.stop.seconds", 10)));
  }

  /** Returns the same settings, but who is let in. */
  public Settings with(Entrance others) {
    return new Settings(
        storageRoot,
        rateLimit,
        socketsPerClient,
        streamsPerClient,
        answersPerClient,
        proxies,
        access,
        others,
        provider,
        cache,
        cacheDirectory,
        scanThreads,
        poll,
        accessLog,
        stop);
  }

  static String environmentName(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Optional<Path> path(Function<String, Optional<String>> values, String name) {
    Optional<String> value = values.apply(name);
    try {
      return value.map(Path::of);
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException(
          name
              + " must be a path that the locale's encoding can express (try LC_ALL=C.UTF-8), not "
              + value.orElse(""),
          invalid);
    }
  }

  private static boolean bool(
      Function<String, Optional<String>> values, String name, boolean byDefault) {
    String value = values.apply(name).orElse(Boolean.toString(byDefault));
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " must be true or false, not " + value);
    };
  }

  static int positive(Function<String, Optional<String>> values, String name, int byDefault) {
    String value = values.apply(name).orElse(Integer.toString(byDefault));
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below, like a number out of range.
    }
    throw new IllegalArgumentException(name + " must be a whole number above 0, not " + value);
  }
}
