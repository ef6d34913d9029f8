package org.runmetrics.web.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.runmetrics.settings.Provider;

/**
 * Signs what a browser keeps for us, so that nothing is kept here.
 *
 * <p>The key follows from the client's secret: all servers of a storage have the same, and a new
 * secret ends all sessions. Each purpose has a key of its own. Safe for use by several threads.
 */
final class Seal {
  private static final String MAC = "HmacSHA256";

  private final JOSEObjectType purpose;
  private final byte[] key;
  private final JWSVerifier verifier;
  private final Clock clock;

  private Seal(JOSEObjectType purpose, byte[] key, Clock clock) throws JOSEException {
    this.purpose = purpose;
    this.key = key;
    this.verifier = new MACVerifier(key);
    this.clock = clock;
  }

  /** Makes the seal of a purpose. */
  static Seal of(String purpose, Provider provider, Clock clock) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(provider.secret().getBytes(StandardCharsets.UTF_8), MAC));
      String text = String.join("\n", purpose, provider.issuer(), provider.client());
      byte[] key = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return new Seal(new JOSEObjectType(purpose), key, clock);
    } catch (GeneralSecurityException | JOSEException never) {
      throw new IllegalStateException("Every Java platform has " + MAC, never);
    }
  }

  /** Signs claims, which have an end. */
  String sign(JWTClaimsSet claims) {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(purpose).build();
      SignedJWT signed = new SignedJWT(header, claims);
      signed.sign(new MACSigner(key));
      return signed.serialize();
    } catch (JOSEException never) {
      throw new IllegalStateException("The key is long enough", never);
    }
  }

  /** Returns the claims of a text that this sealed, if they have not ended. */
  Optional<JWTClaimsSet> open(String text) {
    try {
      SignedJWT signed = SignedJWT.parse(text);
      if (!signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)
          || !purpose.equals(signed.getHeader().getType())
          || !signed.verify(verifier)) {
        return Optional.empty();
      }
      Date end = signed.getJWTClaimsSet().getExpirationTime();
      return end != null && clock.instant().isBefore(end.toInstant())
          ? Optional.of(signed.getJWTClaimsSet())
          : Optional.empty();
    } catch (ParseException | JOSEException notOurs) {
      return Optional.empty();
    }
  }
}
