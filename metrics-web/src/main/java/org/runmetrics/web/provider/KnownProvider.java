package org.runmetrics.web.provider;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.runmetrics.settings.Provider;

/**
 * What is known of a provider: what it says of itself, and its keys.
 *
 * <p>It is asked when something is first needed, again after an hour, and for a key that is not
 * known; but never twice within a pause, so that nobody who makes up keys makes it work. What was
 * known stays known while it does not answer. Safe for use by several threads.
 */
final class KnownProvider implements JWKSource<SecurityContext> {
  private static final Logger LOG = System.getLogger(KnownProvider.class.getName());
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int MOST_WAITING = 8;
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Provider provider;
  private final ProviderConnection connection;
  private final Duration pause;

  /** Held by the one that asks. */
  private final ReentrantLock asking = new ReentrantLock();

  /** Replaced as a whole. */
  private volatile Optional<Facts> facts = Optional.empty();

  /** A moment of {@link System#nanoTime}. */
  private volatile long asked;

  private record Facts(Metadata metadata, JWKSet keys) {}

  /**
   * Knows nothing yet.
   *
   * @param pause between two times that the provider is asked
   */
  KnownProvider(Provider provider, ProviderConnection connection, Duration pause) {
    this.provider = provider;
    this.connection = connection;
    this.pause = pause;
    this.asked = System.nanoTime() - pause.toNanos();
  }

  Metadata metadata() throws ProviderDown {
    return facts().metadata();
  }

  /** Returns the keys that somebody looks for. */
  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
    try {
      Facts known = facts();
      List<JWK> found = selector.select(known.keys());
      if (found.isEmpty() && isOlderThan(pause) && asking.tryLock()) {
        found = selector.select(askAgain(known).keys());
      }
      return found;
    } catch (ProviderDown down) {
      throw new KeySourceException("The provider does not answer", down);
    }
  }

  private Facts facts() throws ProviderDown {
    Optional<Facts> known = facts;
    if (known.isEmpty()) {
      return askFirst();
    }
    return isOlderThan(FRESH) && asking.tryLock() ? askAgain(known.get()) : known.get();
  }

  private Facts askFirst() throws ProviderDown {
    if (asking.getQueueLength() >= MOST_WAITING || !lockInTime()) {
      throw new ProviderDown("The provider is being asked");
    }
    try {
      if (facts.isEmpty() && isOlderThan(pause)) {
        ask();
      }
      return facts.orElseThrow(() -> new ProviderDown("The provider did not answer a moment ago"));
    } finally {
      asking.unlock();
    }
  }

  private Facts askAgain(Facts known) {
    try {
      ask();
    } catch (ProviderDown logged) {
      // What was known is as good as it was.
    } finally {
      asking.unlock();
    }
    return facts.orElse(known);
  }

  private void ask() throws ProviderDown {
    try {
      Metadata metadata = Metadata.parse(connection.get(Metadata.address(provider)), provider);
      facts = Optional.of(new Facts(metadata, keys(connection.get(metadata.keys()))));
    } catch (ProviderDown down) {
      LOG.log(Level.WARNING, "The provider of logins: {0}", down.getMessage());
      throw down;
    } finally {
      asked = System.nanoTime();
    }
  }

  private static JWKSet keys(String json) throws ProviderDown {
    try {
      return JWKSet.parse(json);
    } catch (ParseException malformed) {
      throw new ProviderDown("The provider's keys are no JSON of keys", malformed);
    }
  }

  private boolean isOlderThan(Duration age) {
    return System.nanoTime() - asked >= age.toNanos();
  }

  private boolean lockInTime() throws ProviderDown {
    try {
      return asking.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ProviderDown("The server stops", stopped);
    }
  }
}
