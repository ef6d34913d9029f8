package org.runmetrics.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The certificate and the key that new connections get: those of the files, read again when they
 * change.
 *
 * <p>Two files do not change at once, so they are read when they were the same at two looks. Where
 * they cannot be used, those of before stay, and the log says so once. Safe for use by several
 * threads.
 */
public final class ServerKey {
  static final Duration LOOK = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger(ServerKey.class.getName());
  private static final String ALIAS = "server";
  private static final char[] PASSWORD = {};

  private final TlsFiles files;
  private volatile PrivateKeyEntry entry;
  private volatile KeyStore store;

  /** What was read last, and what was there at the last look; for the thread that looks. */
  private TlsFiles.Stamp read;

  private TlsFiles.Stamp seen;

  /** What could not be used, which was said. */
  private Optional<TlsFiles.Stamp> refused = Optional.empty();

  private ServerKey(TlsFiles files) {
    this.files = files;
    this.read = files.stamp();
    this.seen = read;
    this.entry = files.read();
    this.store = inMemory(entry);
  }

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException naming the option, the file and what it should hold
   */
  public static ServerKey read(TlsFiles files) {
    return new ServerKey(files);
  }

  /** Looks at the files from now on, by a thread of its own. */
  public void watch() {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread looking = new Thread(task, "runmetrics-tls-files");
              looking.setDaemon(true);
              return looking;
            });
    ScheduledFuture<?> unusedForGood =
        thread.scheduleWithFixedDelay(
            this::lookAndTell, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One failure must not end all later looks. */
  private void lookAndTell() {
    try {
      look().ifPresent(warning -> LOG.log(Level.WARNING, warning));
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "The files of the certificate could not be looked at", failure);
    }
  }

  /**
   * Looks whether the files have changed, and reads them if they have and stay so.
   *
   * @return what is wrong with them, if they were read and anything is
   */
  Optional<String> look() {
    TlsFiles.Stamp now = files.stamp();
    boolean stays = now.equals(seen);
    seen = now;
    if (!stays || now.equals(read)) {
      return Optional.empty();
    }
    try {
      PrivateKeyEntry renewed = files.read();
      store = inMemory(renewed);
      entry = renewed;
      read = now;
    } catch (IllegalArgumentException unusable) {
      // Tried again at each look: a right to read that comes later is no change of the file.
      if (refused.equals(Optional.of(now))) {
        return Optional.empty();
      }
      refused = Optional.of(now);
      return Optional.of(
          "%s. New connections get the certificate of before, which ends on %s"
              .formatted(unusable.getMessage(), lastDay()));
    }
    LOG.log(Level.INFO, "New connections get the certificate that ends on {0}", lastDay());
    return outOfDate();
  }

  /** Returns what is wrong with the days of the certificate, if anything is. */
  public Optional<String> outOfDate() {
    Instant now = Instant.now();
    if (now.isAfter(certificate().getNotAfter().toInstant())) {
      return Optional.of(
          "The certificate in %s ended on %s: clients will refuse it"
              .formatted(files.certificate(), lastDay()));
    }
    if (now.isBefore(certificate().getNotBefore().toInstant())) {
      return Optional.of(
          "The certificate in %s begins on %s: until then clients will refuse it"
              .formatted(files.certificate(), day(certificate().getNotBefore().toInstant())));
    }
    return Optional.empty();
  }

  /** Returns the certificate that new connections get. */
  public X509Certificate certificate() {
    return (X509Certificate) entry.getCertificate();
  }

  /** Returns how the platform asks for the key, each time that a connection begins. */
  KeyStore.Builder keys() {
    return new KeyStore.Builder() {
      @Override
      public KeyStore getKeyStore() {
        return store;
      }

      @Override
      public KeyStore.ProtectionParameter getProtectionParameter(String alias) {
        return new KeyStore.PasswordProtection(PASSWORD);
      }
    };
  }

  private String lastDay() {
    return day(certificate().getNotAfter().toInstant());
  }

  private static String day(Instant moment) {
    return moment.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static KeyStore inMemory(PrivateKeyEntry entry) {
    try {
      // Other kinds would derive a key from the password each time that a connection begins.
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, PASSWORD);
      store.setKeyEntry(ALIAS, entry.getPrivateKey(), PASSWORD, entry.getCertificateChain());
      return store;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("A key store in memory takes no key", impossible);
    }
  }
}
