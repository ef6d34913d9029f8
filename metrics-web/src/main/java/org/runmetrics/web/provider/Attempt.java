package org.runmetrics.web.provider;

import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/**
 * A login under way, which the browser keeps for us until it comes back from the provider.
 *
 * @param state by which we know that this browser began it
 * @param nonce by which we know that the ID token is for it
 * @param verifier by which the provider knows that the code comes from who began it (RFC 7636)
 * @param callback where the provider sends the browser
 * @param back where the person was, an address of this server
 */
record Attempt(String state, String nonce, String verifier, String callback, String back) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  static Attempt begin(String callback, String back) {
    return new Attempt(random(), random(), random(), callback, back);
  }

  static Optional<Attempt> of(JWTClaimsSet claims) {
    try {
      return Optional.of(
          new Attempt(
              claims.getStringClaim("state"),
              claims.getStringClaim("nonce"),
              claims.getStringClaim("verifier"),
              claims.getStringClaim("callback"),
              claims.getStringClaim("back")));
    } catch (ParseException notOurs) {
      return Optional.empty();
    }
  }

  JWTClaimsSet claims(Instant end) {
    return new JWTClaimsSet.Builder()
        .claim("state", state)
        .claim("nonce", nonce)
        .claim("verifier", verifier)
        .claim("callback", callback)
        .claim("back", back)
        .expirationTime(Date.from(end))
        .build();
  }

  /** Returns what of the verifier may be seen on the way to the provider. */
  String challenge() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return TEXT.encodeToString(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("Every Java platform has SHA-256", never);
    }
  }

  /** Returns whether this is the attempt of a state, in a time that tells nothing of it. */
  boolean isOf(String other) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }
}
