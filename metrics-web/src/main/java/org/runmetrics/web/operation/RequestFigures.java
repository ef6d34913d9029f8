package org.runmetrics.web.operation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Counts requests, and adds up their times and bytes, by what they were. */
final class RequestFigures {
  /** The upper ends of the histogram. */
  private static final Duration[] BUCKETS =
      Stream.of(1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** Few, as routes and statuses are; so figures are found without asking the registry. */
  private final Map<Kind, Meters> known = new ConcurrentHashMap<>();

  private final MeterRegistry registry;

  private record Kind(String method, Route route, int status) {}

  private record Meters(Timer time, Counter bytes, Counter left) {}

  RequestFigures(MeterRegistry registry) {
    this.registry = registry;
  }

  void add(AnsweredRequest request) {
    Kind kind = new Kind(method(request.method()), request.route(), request.status());
    Meters meters = known.computeIfAbsent(kind, this::register);
    meters.time.record(request.time());
    meters.bytes.increment((double) request.bytes());
    if (request.left()) {
      meters.left.increment();
    }
  }

  /** Clients can send any word. */
  private static String method(String sent) {
    return switch (sent) {
      case "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH" -> sent;
      default -> "other";
    };
  }

  private Meters register(Kind kind) {
    String[] tags = {
      "method", kind.method,
      "route", kind.route.template(),
      "status", String.valueOf(kind.status)
    };
    return new Meters(
        Timer.builder("http.server.requests")
            .description("Requests, until their answers had ended; streams until they were left")
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .register(registry),
        Counter.builder("http.server.sent.bytes")
            .description("Bytes of answers, compressed where they were")
            .tags(tags)
            .register(registry),
        Counter.builder("http.server.left")
            .description("Answers of which a write failed, as their clients had gone")
            .tags(tags)
            .register(registry));
  }
}
