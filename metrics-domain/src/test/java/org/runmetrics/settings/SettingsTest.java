package org.runmetrics.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.ForkedJvm;

class SettingsTest {
  /** Prints the settings that a process has. */
  static final class PrintSettings {
    private PrintSettings() {}

    public static void main(String[] arguments) {
      Settings settings = Settings.load();
      System.out.println(settings.storageRoot().map(Path::toString).orElse("demo"));
      System.out.println(settings.rateLimit());
      System.out.println(settings.socketsPerClient());
    }
  }

  /** Another address by each kind of header. */
  private final Forwarding told =
      new Forwarding(List.of("10.0.0.1"), List.of(), List.of("for=10.0.0.2"));

  @Test
  void every_setting_has_a_default() {
    Settings settings = from(Map.of());
    assertThat(settings.storageRoot()).isEmpty();
    assertThat(settings.rateLimit()).isEqualTo(new Settings.RateLimit(true, 60));
    assertThat(settings.socketsPerClient()).isEqualTo(10);
    assertThat(settings.cache().heap()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    assertThat(settings.proxies().client("127.0.0.1", told)).isEqualTo("127.0.0.1");
    assertThat(settings.poll()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void every_setting_can_be_set() {
    Settings settings =
        from(
            Map.of(
                "metrics.storage.root", "/srv/runs",
                "metrics.ratelimit.enabled", "FALSE",
                "metrics.ratelimit.requests", " 5 ",
                "metrics.websocket.per-client", "3",
                "metrics.cache.heap", "1MB",
                "metrics.poll.milliseconds", "250",
                "metrics.proxies", "127.0.0.1"));
    assertThat(settings.storageRoot()).contains(Path.of("/srv/runs"));
    assertThat(settings.rateLimit()).isEqualTo(new Settings.RateLimit(false, 5));
    assertThat(settings.socketsPerClient()).isEqualTo(3);
    assertThat(settings.cache().heap()).isEqualTo(1 << 20);
    assertThat(settings.poll()).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.proxies().client("127.0.0.1", told)).isEqualTo("10.0.0.1");
  }

  @Test
  void proxies_may_write_the_standard_header() {
    Map<String, String> values =
        Map.of("metrics.proxies", "127.0.0.1", "metrics.proxies.header", "forwarded");
    assertThat(from(values).proxies().client("127.0.0.1", told)).isEqualTo("10.0.0.2");
  }

  @Test
  void the_storage_root_falls_back_to_the_trackers_own_variable() {
    assertThat(from(Map.of("RUNICORN_DIR", "/tracker")).storageRoot())
        .contains(Path.of("/tracker"));
    assertThat(
            from(Map.of("RUNICORN_DIR", "/tracker", "metrics.storage.root", "/own")).storageRoot())
        .contains(Path.of("/own"));
  }

  @Test
  void a_blank_value_is_none() {
    assertThat(from(Map.of("metrics.storage.root", " ", "RUNICORN_DIR", "/tracker")).storageRoot())
        .contains(Path.of("/tracker"));
    assertThat(from(Map.of("metrics.ratelimit.requests", "")).rateLimit().requests()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.ratelimit.enabled, yes, true or false",
    "metrics.ratelimit.enabled, 1, true or false",
    "metrics.ratelimit.requests, 0, above 0",
    "metrics.ratelimit.requests, -1, above 0",
    "metrics.ratelimit.requests, 1.5, above 0",
    "metrics.ratelimit.requests, 99999999999, above 0",
    "metrics.websocket.per-client, many, above 0",
    "metrics.cache.heap, lots, 256MB",
    "metrics.proxies, example.org, IP addresses",
    "metrics.proxies.header, X-Real-IP, X-Forwarded-For or Forwarded",
    "metrics.hosts, http://metrics.lab, without a scheme",
    "metrics.hosts, metrics.lab:23300, without a scheme and a port",
    "metrics.origins, metrics.lab, https://lab.example.org",
    "metrics.origins, https://lab.example.org/page, https://lab.example.org",
    "metrics.proxies, 10.0.0.0/33, 10.0.0.0/8",
  })
  void a_bad_value_is_named_with_what_is_allowed(String name, String value, String allowed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> from(Map.of(name, value)))
        .withMessageStartingWith(name + " must ")
        .withMessageContaining(allowed)
        .withMessageEndingWith(", not " + value);
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.cache.heap, 64MB, metrics.cache.offheap, 64MB",
    "metrics.cache.heap, 64MB, metrics.cache.disk, 1MB",
    "metrics.cache.offheap, 2GB, metrics.cache.disk, 1GB",
  })
  void a_lower_tier_of_the_cache_is_larger(String upper, String size, String lower, String less) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> from(Map.of(upper, size, lower, less)))
        .withMessage(lower + " must be larger than " + upper + ", or not be set");
  }

  @Test
  void the_heap_of_the_cache_is_at_most_half_of_the_tier_below() {
    assertThat(from(Map.of("metrics.cache.disk", "2MB")).cache().heap()).isEqualTo(1 << 20);
    assertThat(
            from(Map.of("metrics.cache.offheap", "4MB", "metrics.cache.disk", "8MB"))
                .cache()
                .heap())
        .isEqualTo(2 << 20);
  }

  @Test
  void the_cache_lies_where_caches_of_the_user_lie() {
    assertThat(from(Map.of()).cacheDirectory())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "runmetrics"));
    assertThat(from(Map.of("XDG_CACHE_HOME", "/caches")).cacheDirectory())
        .isEqualTo(Path.of("/caches/runmetrics"));
    assertThat(from(Map.of("XDG_CACHE_HOME", "relative")).cacheDirectory())
        .isEqualTo(from(Map.of()).cacheDirectory());
    assertThat(
            from(Map.of("XDG_CACHE_HOME", "/caches", "metrics.cache.directory", "/own"))
                .cacheDirectory())
        .isEqualTo(Path.of("/own"));
  }

  @Test
  void the_cache_lies_outside_of_the_storage_root_and_not_around_it(@TempDir Path folder)
      throws IOException {
    Path storage = Files.createDirectories(folder.resolve("storage"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), storage);
    for (Path directory :
        List.of(
            storage,
            folder,
            storage.resolve("cache"),
            link.resolve("new").resolve("cache"),
            folder.resolve("x").resolve("..").resolve("storage"))) {
      Map<String, String> values =
          Map.of(
              "metrics.storage.root", storage.toString(),
              "metrics.cache.directory", directory.toString());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> from(with(values, "metrics.cache.disk", "1GB")))
          .withMessageStartingWith(
              "metrics.cache.directory must be a folder outside of the storage")
          .withMessageEndingWith(", not " + directory);
      assertThat(from(values).cacheDirectory()).isEqualTo(directory);
    }
    from(
        Map.of(
            "metrics.storage.root", storage.toString(),
            "metrics.cache.disk", "1GB",
            "metrics.cache.directory", folder.resolve("storage2").toString()));
  }

  private static Map<String, String> with(Map<String, String> values, String name, String value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(name, value);
    return more;
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.storage.root", "RUNICORN_DIR"})
  void a_folder_that_is_no_path_is_named(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> from(Map.of(name, "/a\0b")))
        .withMessageStartingWith(name + " must be a path");
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.storage.root, METRICS_STORAGE_ROOT",
    "metrics.websocket.per-client, METRICS_WEBSOCKET_PER_CLIENT",
    "RUNICORN_DIR, RUNICORN_DIR",
  })
  void the_environment_spells_names_its_own_way(String name, String variable) {
    assertThat(Settings.environmentName(name)).isEqualTo(variable);
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.storage.rot, metrics.storage.root",
    "metrics.ratelimit.request, metrics.ratelimit.requests",
    "metrics.cache.of-heap, metrics.cache.offheap",
  })
  void a_setting_that_there_is_not_is_named_with_the_nearest(String name, String nearest) {
    String variable = Settings.environmentName(name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.load(Map.of(name, "1"), Map.of()))
        .withMessage("There is no setting " + name + "; did you mean " + nearest + "?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.load(Map.of(), Map.of(variable, "1")))
        .withMessageStartingWith("There is no setting " + variable + "; did you mean METRICS_");
  }

  @Test
  void other_names_and_those_that_kubernetes_sets_for_a_service_are_left_alone() {
    Map<String, String> service =
        Map.of(
            "METRICS_SERVICE_HOST", "10.0.0.1",
            "METRICS_SERVICE_PORT_HTTP", "80",
            "METRICS_PORT", "tcp://10.0.0.1:80",
            "METRICS_PORT_80_TCP_ADDR", "10.0.0.1",
            "METRICS_WEB_SERVICE_HOST", "10.0.0.2",
            "METRICS_WEB_PORT_80_TCP", "tcp://10.0.0.2:80",
            "METRICSERVER", "1");
    assertThat(Settings.load(Map.of("metric", "1", "os.name", "x"), service).socketsPerClient())
        .isEqualTo(10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.load(Map.of(), Map.of("METRICS_PORT", "8080")))
        .withMessageStartingWith("There is no setting METRICS_PORT; did you mean METRICS_");
  }

  @Test
  void a_property_wins_over_the_environment() throws IOException, InterruptedException {
    assertThat(
            ForkedJvm.run(
                Map.of(
                    "METRICS_STORAGE_ROOT", "/environment",
                    "METRICS_RATELIMIT_REQUESTS", "7",
                    "METRICS_WEBSOCKET_PER_CLIENT", "8"),
                List.of("-Dmetrics.storage.root=/property", "-Dmetrics.websocket.per-client=9"),
                PrintSettings.class))
        .containsExactly("/property", new Settings.RateLimit(true, 7).toString(), "9");
  }

  private static Settings from(Map<String, String> values) {
    return Settings.from(name -> Optional.ofNullable(values.get(name)));
  }
}
