package org.runmetrics.web.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Tokens that nobody may be let in by. */
enum WrongToken {
  NONCE,
  PARTY,
  AUDIENCE,
  ISSUER,
  EXPIRED,
  OF_A_LOGOUT,
  WITHOUT_A_NAME,
  NAME_OF_A_GROUP,
  UNSIGNED,
  OF_AN_UNKNOWN_KEY,
  OF_A_FALSE_KEY,
  SIGNED_BY_THE_SECRET,
  SIGNED_BY_THE_PUBLIC_KEY,
  CHANGED,
  NONSENSE;

  String of(JWTClaimsSet.Builder claims) {
    JWTClaimsSet.Builder changed =
        switch (this) {
          case NONCE -> claims.claim("nonce", "another");
          case PARTY -> claims.claim("azp", "another");
          case AUDIENCE -> claims.audience("another");
          case ISSUER -> claims.issuer("https://another.example");
          case EXPIRED -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)));
          case OF_A_LOGOUT -> claims.claim("events", Map.of("logout", Map.of()));
          case WITHOUT_A_NAME -> claims.claim("preferred_username", List.of("alice"));
          case NAME_OF_A_GROUP -> claims.claim("preferred_username", "@ml");
          default -> claims;
        };
    String signed = TestProvider.signed(changed, TestProvider.FIRST);
    return switch (this) {
      case UNSIGNED -> new PlainJWT(changed.build()).serialize();
      case OF_AN_UNKNOWN_KEY -> TestProvider.signed(changed, TestProvider.SECOND);
      case OF_A_FALSE_KEY -> TestProvider.signed(changed, TestProvider.FALSE);
      case SIGNED_BY_THE_SECRET ->
          mac(changed, (TestProvider.SECRET + "  ").getBytes(StandardCharsets.UTF_8));
      case SIGNED_BY_THE_PUBLIC_KEY ->
          mac(
              changed,
              TestProvider.FIRST.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8));
      case CHANGED -> signed.substring(0, signed.length() - 8) + "AAAAAAAA";
      case NONSENSE -> "a.b.c";
      default -> signed;
    };
  }

  private static String mac(JWTClaimsSet.Builder claims, byte[] key) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
      token.sign(new MACSigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
