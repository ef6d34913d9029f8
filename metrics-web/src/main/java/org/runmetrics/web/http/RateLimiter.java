package org.runmetrics.web.http;

import io.github.bucket4j.Bucket;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
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
}
