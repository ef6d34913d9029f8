package org.runmetrics.web.operation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.runmetrics.cache.CacheStatistics;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.push.OpenClients;
import org.runmetrics.run.index.RunCatalog;

/**
 * What the server does and holds, in figures for Prometheus.
 *
 * <p>What others count anyway is read when somebody asks; only requests are counted here.
 */
@Singleton
public class Figures {
  /** The tracker's words; users may write any other into their files. */
  private static final Set<String> STATUSES =
      Set.of("running", "finished", "failed", "interrupted", "unknown");

  private final PrometheusMeterRegistry registry = registry();

  private final RequestFigures requests = new RequestFigures(registry);
  private final MultiGauge runs;
  private final MultiGauge pools;
  private final RunCatalog catalog;

  /** Takes figures of what the container made. */
  @Inject
  public Figures(
      SeriesCache cache,
      RunCatalog catalog,
      Requests underWay,
      Readiness readiness,
      Instance<OpenClients> clients) {
    this(cache, catalog, underWay, readiness, (Iterable<OpenClients>) clients);
  }

  /** Takes figures of parts that were made elsewhere. */
  public Figures(
      SeriesCache cache,
      RunCatalog catalog,
      Requests underWay,
      Readiness readiness,
      Iterable<OpenClients> clients) {
    this.catalog = catalog;
    this.runs =
        MultiGauge.builder("runmetrics.runs").description("Runs by status").register(registry);
    cache(cache);
    Gauge.builder("runmetrics.requests.under.way", underWay, Requests::underWay)
        .description("Requests that are being answered, streams included")
        .register(registry);
    Gauge.builder("runmetrics.ready", readiness, it -> it.isReady() ? 1 : 0)
        .description("1 while requests are to be sent here, as /api/health/ready says, else 0")
        .register(registry);
    for (OpenClients some : clients) {
      Gauge.builder("runmetrics.clients", some, OpenClients::size)
          .description("Clients that are pushed to")
          .tag("kind", some.kind())
          .register(registry);
      FunctionCounter.builder("runmetrics.clients.dropped", some, OpenClients::dropped)
          .description("Lines or rows that were left out for clients that read too slowly")
          .tag("kind", some.kind())
          .register(registry);
    }
    this.pools =
        MultiGauge.builder("runmetrics.pool.threads")
            .description("Threads by pool, those of the server included")
            .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Makes a registry without two figures of Micrometer's whose names promtool does not like. */
  private static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    made.config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    return made;
  }

  /** Counts a request whose answer has ended. */
  void add(AnsweredRequest request) {
    requests.add(request);
  }

  /**
   * Writes all figures.
   *
   * @param accept what the client takes, of which the format is chosen
   */
  String text(String accept) {
    runs.register(rows("status", byStatus()), true);
    pools.register(rows("pool", PoolThreads.count()), true);
    return registry.scrape(accept);
  }

  /** Returns how many runs there are of each status; none while the storage does not answer. */
  private Map<String, Long> byStatus() {
    try {
      return catalog.runs().stream()
          .map(run -> run.status().status())
          .map(status -> STATUSES.contains(status) ? status : "other")
          .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    } catch (UncheckedIOException silent) {
      return Map.of();
    }
  }

  private static List<MultiGauge.Row<?>> rows(String tag, Map<String, Long> values) {
    return values.entrySet().stream()
        .<MultiGauge.Row<?>>map(
            value -> MultiGauge.Row.of(Tags.of(tag, value.getKey()), value.getValue()))
        .toList();
  }

  private void cache(SeriesCache cache) {
    counter(cache, "queries", "Runs that were unchanged", CacheStatistics::hits, "result", "hit");
    counter(cache, "queries", "Runs that were read", CacheStatistics::loads, "result", "load");
    counter(cache, "queries", "Runs that had grown", CacheStatistics::updates, "result", "update");
    counter(cache, "read.bytes", "Bytes of event files that were read", CacheStatistics::bytesRead);
    counter(cache, "read.lines", "Lines of event files that were read", CacheStatistics::linesRead);
    counter(
        cache,
        "skipped.lines",
        "Lines that were read and hold no valid event",
        CacheStatistics::linesSkipped);
    counter(
        cache,
        "read.seconds",
        "Time that requests spent on reading event files, in sum",
        CacheStatistics::readSeconds);
    Gauge.builder("runmetrics.cache.loads.under.way", cache, it -> it.statistics().loadsUnderWay())
        .description("Runs that are being read")
        .register(registry);
    counter(
        cache,
        "segment.reloads",
        "Segments that were read again, as no tier held them",
        CacheStatistics::segmentReloads);
    tier(cache, "heap", CacheStatistics::heap);
    tier(cache, "offheap", CacheStatistics::offheap);
    tier(cache, "disk", CacheStatistics::disk);
  }

  private void counter(
      SeriesCache cache,
      String name,
      String description,
      ToDoubleFunction<CacheStatistics> value,
      String... tags) {
    FunctionCounter.builder(
            "runmetrics.cache." + name, cache, it -> value.applyAsDouble(it.statistics()))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private void tier(
      SeriesCache cache, String name, Function<CacheStatistics, CacheStatistics.Tier> tier) {
    Gauge.builder("runmetrics.cache.bytes", cache, it -> tier.apply(it.statistics()).bytes())
        .description("Bytes that a tier of the cache holds")
        .tag("tier", name)
        .register(registry);
    Gauge.builder("runmetrics.cache.max.bytes", cache, it -> tier.apply(it.statistics()).maxBytes())
        .description("Bytes that a tier of the cache may hold")
        .tag("tier", name)
        .register(registry);
    Gauge.builder("runmetrics.cache.entries", cache, it -> tier.apply(it.statistics()).entries())
        .description("Segments and runs that a tier of the cache holds")
        .tag("tier", name)
        .register(registry);
    FunctionCounter.builder(
            "runmetrics.cache.evictions", cache, it -> tier.apply(it.statistics()).evictions())
        .description("Entries that left a tier of the cache for want of room")
        .tag("tier", name)
        .register(registry);
  }
}
