package org.runmetrics.web.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Optional;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.runmetrics.settings.Settings;

/** Counts each client's requests, separately for each view, in windows of a minute. */
@Singleton
public class RateLimiter {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Clients counted at once; of more, those that were quiet longest are forgotten. */
  private static final long MAX_BUCKETS = 10_000;

  private final Settings.RateLimit limit;
  private final CacheManager manager;
  private final Cache<String, Bucket> buckets;

  @Inject
  RateLimiter(Settings settings) {
    limit = settings.rateLimit();
    manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
    buckets =
        manager.createCache(
            "buckets",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                    String.class, Bucket.class, ResourcePoolsBuilder.heap(MAX_BUCKETS))
                .withExpiry(ExpiryPolicyBuilder.timeToIdleExpiration(WINDOW.multipliedBy(2))));
  }

  boolean isEnabled() {
    return limit.enabled();
  }

  /** Returns what a request may take of its client's window. */
  Allowance allowance(String client, String view) {
    String key = view + ' ' + client;
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      Bucket fresh = newBucket();
      Bucket other = buckets.putIfAbsent(key, fresh);
      bucket = other == null ? fresh : other;
    }
    return new Allowance(bucket, limit.requests());
  }

  @PreDestroy
  void close() {
    manager.close();
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            bandwidth ->
                bandwidth.capacity(limit.requests()).refillIntervally(limit.requests(), WINDOW))
        .build();
  }

  /**
   * What one request may take of its client's limit: once, or nothing if the client turns out to
   * have the answer.
   *
   * <p>Used by one thread at a time, the one that serves the request.
   */
  static final class Allowance {
    private static final String NAME = Allowance.class.getName();

    private final Bucket bucket;
    private final int requests;
    private Optional<ConsumptionProbe> taken = Optional.empty();

    /**
     * Takes nothing yet.
     *
     * @param bucket what the client has left
     * @param requests what it has in each window
     */
    Allowance(Bucket bucket, int requests) {
      this.bucket = bucket;
      this.requests = requests;
    }

    /** Returns what is known of a request, if it is of those that are limited. */
    static Optional<Allowance> of(ServletRequest request) {
      return Optional.ofNullable((Allowance) request.getAttribute(NAME));
    }

    void attach(ServletRequest request) {
      request.setAttribute(NAME, this);
    }

    /**
     * Takes one from the client's limit, at the first call, and returns a refusal if none is left.
     */
    Optional<Response> take() {
      if (taken.isPresent()) {
        return Optional.empty();
      }
      ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
      taken = Optional.of(probe);
      return probe.isConsumed() ? Optional.empty() : Optional.of(refusal(probe));
    }

    /** Tells a client how many requests it has left. */
    void describe(MultivaluedMap<String, Object> headers) {
      VerboseResult<Long> now = bucket.asVerbose().getAvailableTokens();
      headers.putSingle("X-RateLimit-Limit", requests);
      headers.putSingle(
          "X-RateLimit-Remaining",
          taken.map(ConsumptionProbe::getRemainingTokens).orElseGet(now::getValue));
      headers.putSingle(
          "X-RateLimit-Reset",
          seconds(
              taken
                  .map(ConsumptionProbe::getNanosToWaitForReset)
                  .orElseGet(() -> now.getDiagnostics().calculateFullRefillingTime())));
    }

    private static Response refusal(ConsumptionProbe probe) {
      long wait = seconds(probe.getNanosToWaitForRefill());
      return Problem.response(
              Status.TOO_MANY_REQUESTS,
              Json.createObjectBuilder()
                  .add("detail", "Rate limit exceeded")
                  .add("retry_after", wait)
                  .build())
          .header(HttpHeaders.RETRY_AFTER, wait)
          .build();
    }

    /** Rounds up, so that a client that waits that long waits long enough. */
    private static long seconds(long nanos) {
      return Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds();
    }
  }
}
