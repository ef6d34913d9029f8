package org.runmetrics.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A secret by which a server knows a user.
 *
 * <p>It is random and long, so one round of SHA-256 hides it well: nobody can try all tokens, as
 * they can try passwords.
 *
 * @param secret what the user sends
 */
public record Token(String secret) {
  /** Programs that look for secrets in code find it by this. */
  private static final String PREFIX = "rmt_";

  private static final int BYTES = 32;

  /** Makes one that nobody can guess. */
  public static Token random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Returns what a server keeps of it, as hexadecimal digits. */
  String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("Every Java platform has SHA-256", never);
    }
  }

  /** Hides the secret from logs. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
