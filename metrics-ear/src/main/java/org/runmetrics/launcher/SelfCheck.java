package org.runmetrics.launcher;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks a server that was started here whether the application in it answers.
 *
 * @param url of the server
 * @param certificate by which it must show who it is, if it is asked over TLS
 */
record SelfCheck(String url, Optional<X509Certificate> certificate) {
  boolean isAnswered() throws IOException, GeneralSecurityException {
    URL started = new URL(url + "/api/health/started");
    HttpURLConnection asked = (HttpURLConnection) started.openConnection(Proxy.NO_PROXY);
    if (certificate.isPresent() && asked instanceof HttpsURLConnection encrypted) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Own(certificate.get())}, new SecureRandom());
      encrypted.setSSLSocketFactory(context.getSocketFactory());
      // It is asked by its address, for which few certificates are made.
      encrypted.setHostnameVerifier((host, session) -> true);
    }
    try {
      return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
    } finally {
      asked.disconnect();
    }
  }

  /** Trusts one certificate, whoever signed it and whenever it ends. */
  private static final class Own extends X509ExtendedTrustManager {
    private final X509Certificate own;

    private Own(X509Certificate own) {
      this.own = own;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      if (!chain[0].equals(own)) {
        throw new CertificateException("Another server answers at this address");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("There are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
