package org.runmetrics.web.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.settings.Provider;

/**
 * Checks tokens of a provider (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725; RFC 9068).
 *
 * <p>They are signed by one of its keys with an algorithm of pairs of keys, by it and for us, have
 * not ended, and are no notes about logouts, which look alike. Safe for use by several threads.
 */
final class ProviderTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final Provider provider;
  private final KnownProvider known;
  private final DefaultJWTProcessor<SecurityContext> bearers;

  ProviderTokens(Provider provider, KnownProvider known) {
    this.provider = provider;
    this.known = known;
    this.bearers = processor(new JWTClaimsSet.Builder());
  }

  /** Returns what a token says that a program sent, if it is good. */
  Optional<JWTClaimsSet> ofProgram(String token) throws ProviderDown {
    return check(token, bearers);
  }

  /**
   * Returns what an ID token says, if it is good.
   *
   * @param nonce that we asked for
   */
  Optional<JWTClaimsSet> ofLogin(String token, String nonce) throws ProviderDown {
    return check(token, processor(new JWTClaimsSet.Builder().claim("nonce", nonce)))
        .filter(
            claims -> {
              Object party = claims.getClaim("azp");
              return party == null || party.equals(provider.client());
            });
  }

  private DefaultJWTProcessor<SecurityContext> processor(JWTClaimsSet.Builder asExpected) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, known));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            // It is asked whether it holds null.
            Collections.singleton(provider.client()),
            asExpected.issuer(provider.issuer()).build(),
            Set.of("sub", "exp", "iat"),
            Set.of("events")));
    return processor;
  }

  private static Optional<JWTClaimsSet> check(
      String token, DefaultJWTProcessor<SecurityContext> processor) throws ProviderDown {
    try {
      return Optional.of(processor.process(token, null));
    } catch (ParseException | BadJOSEException wrong) {
      return Optional.empty();
    } catch (JOSEException unreached) {
      if (unreached.getCause() instanceof ProviderDown down) {
        throw new ProviderDown("The provider's keys are not known", down);
      }
      return Optional.empty();
    }
  }
}
