package org.runmetrics.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's certificate and those that vouch for it.
 *
 * @param certificates the server's own first, each signed by the next one
 */
record Chain(List<X509Certificate> certificates) {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC");

  /**
   * Reads the certificates of a file, of which the first is the server's.
   *
   * <p>The others may have any order, and those that do not vouch for it are left out, as clients
   * do without them.
   *
   * @throws IllegalArgumentException saying what the file should hold
   */
  static Chain of(List<Pem> blocks) {
    List<X509Certificate> others = new ArrayList<>();
    for (Pem block : blocks) {
      if (block.isCertificate()) {
        others.add(certificate(block, others.size() + 1));
      }
    }
    if (others.isEmpty()) {
      throw new IllegalArgumentException("holds no -----BEGIN CERTIFICATE-----");
    }
    X509Certificate own = others.remove(0);
    if (!ALGORITHMS.contains(own.getPublicKey().getAlgorithm())) {
      throw new IllegalArgumentException(
          "must be for a key of RSA or EC, not " + own.getPublicKey().getAlgorithm());
    }
    List<X509Certificate> chain = new ArrayList<>();
    Optional<X509Certificate> next = Optional.of(own);
    while (next.isPresent()) {
      X509Certificate signed = next.get();
      chain.add(signed);
      next =
          others.stream()
              .filter(it -> it.getSubjectX500Principal().equals(signed.getIssuerX500Principal()))
              .findFirst();
      next.ifPresent(others::remove);
    }
    return new Chain(List.copyOf(chain));
  }

  X509Certificate own() {
    return certificates.get(0);
  }

  Certificate[] toArray() {
    return certificates.toArray(Certificate[]::new);
  }

  private static X509Certificate certificate(Pem block, int number) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content()));
    } catch (CertificateException malformed) {
      throw new IllegalArgumentException(
          "holds a broken certificate, the one at place " + number, malformed);
    }
  }
}
