package org.runmetrics.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a PEM file.
 *
 * @param label what it holds, such as {@code CERTIFICATE}
 * @param encrypted whether it can be read with a password only
 * @param base64 its bytes
 */
record Pem(String label, boolean encrypted, String base64) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** Lines such as {@code Proc-Type: 4,ENCRYPTED}, which end with an empty one. */
  private static final Pattern HEADERS = Pattern.compile("\\s*+(?:[A-Za-z-]+:.*\\R)+\\s*");

  private static final String ENCRYPTED = "ENCRYPTED";

  /** Returns the blocks of a file, in its order; what stands between them is passed over. */
  static List<Pem> parse(String text) {
    List<Pem> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String label = block.group(1);
      Matcher headers = HEADERS.matcher(block.group(2));
      boolean hasHeaders = headers.lookingAt();
      String body = hasHeaders ? block.group(2).substring(headers.end()) : block.group(2);
      boolean encrypted =
          label.startsWith(ENCRYPTED) || (hasHeaders && headers.group().contains(ENCRYPTED));
      blocks.add(new Pem(label, encrypted, body.replaceAll("\\s", "")));
    }
    return List.copyOf(blocks);
  }

  boolean isCertificate() {
    return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
  }

  boolean isPrivateKey() {
    return label.endsWith("PRIVATE KEY");
  }

  /**
   * Returns its bytes, in DER unless they are encrypted.
   *
   * @throws IllegalArgumentException if they are not in Base64
   */
  byte[] content() {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      // What the decoder says would be a part of a key.
      throw new IllegalArgumentException("holds what is not in Base64 under BEGIN " + label);
    }
  }
}
