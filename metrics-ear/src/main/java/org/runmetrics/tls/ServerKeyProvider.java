package org.runmetrics.tls;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.ManagerFactoryParameters;

/**
 * Hands a {@link ServerKey} to a server that takes the name of an algorithm of key managers.
 *
 * <p>The key managers are the platform's own; they ask for the key each time that a connection
 * begins.
 */
public final class ServerKeyProvider extends Provider {
  /** Named by MICRO-INF/pre-boot-commands.txt. */
  static final String ALGORITHM = "RunmetricsServerKey";

  private static final String PLATFORM = "NewSunX509";
  private static final String TYPE = "KeyManagerFactory";
  private static final long serialVersionUID = 1;

  private ServerKeyProvider(ServerKey key) {
    super("Runmetrics", "1", "The key of --tls-key, read again when its file changes");
    putService(
        new Service(this, TYPE, ALGORITHM, KeyManagers.class.getName(), List.of(), Map.of()) {
          @Override
          public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return new KeyManagers(key);
          }
        });
  }

  /** Makes a key known to the whole process. */
  public static void register(ServerKey key) {
    int unusedPlace = Security.addProvider(new ServerKeyProvider(key));
  }

  /** Ignores what it is to be made of: the server offers its own key store. */
  private static final class KeyManagers extends KeyManagerFactorySpi {
    private final KeyManagerFactory platform;

    private KeyManagers(ServerKey key) throws NoSuchAlgorithmException {
      platform = KeyManagerFactory.getInstance(PLATFORM);
      try {
        platform.init(new KeyStoreBuilderParameters(key.keys()));
      } catch (InvalidAlgorithmParameterException impossible) {
        throw new NoSuchAlgorithmException(impossible);
      }
    }

    @Override
    protected void engineInit(KeyStore ignored, char[] password) {}

    @Override
    protected void engineInit(ManagerFactoryParameters ignored) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return platform.getKeyManagers();
    }
  }
}
