package org.runmetrics.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * Reads the private key that belongs to a public one.
 *
 * <p>The platform reads PKCS#8 alone ({@code BEGIN PRIVATE KEY}). PKCS#1 ({@code BEGIN RSA PRIVATE
 * KEY}) and SEC 1 ({@code BEGIN EC PRIVATE KEY}) are what PKCS#8 wraps: it puts before them the
 * algorithm, with the curve, which is written the same way in the public key.
 */
final class PrivateKeys {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private PrivateKeys() {}

  /**
   * Returns the private key of a file.
   *
   * @param blocks of the file
   * @param owner the public key of the certificate
   * @throws IllegalArgumentException saying what the file should hold
   */
  static PrivateKey of(List<Pem> blocks, PublicKey owner) {
    Pem block =
        blocks.stream()
            .filter(Pem::isPrivateKey)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("holds no -----BEGIN PRIVATE KEY-----"));
    if (block.encrypted()) {
      throw new IllegalArgumentException(
          "holds an encrypted key; without a password it is written by: openssl pkey -in KEY -out"
              + " FILE");
    }
    PrivateKey key = key(block, owner);
    if (!fits(key, owner)) {
      throw notThatOf(owner);
    }
    return key;
  }

  private static PrivateKey key(Pem block, PublicKey owner) {
    byte[] content = block.content();
    try {
      byte[] wrapped =
          switch (block.label()) {
            case "RSA PRIVATE KEY" -> wrap(content, owner);
            case "EC PRIVATE KEY" -> wrap(withoutCurve(content), owner);
            default -> content;
          };
      return KeyFactory.getInstance(owner.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(wrapped));
    } catch (GeneralSecurityException malformed) {
      throw notThatOf(owner);
    }
  }

  private static IllegalArgumentException notThatOf(PublicKey owner) {
    return new IllegalArgumentException(
        "must hold the %s key of the first certificate in --tls-certificate, and holds another"
            .formatted(owner.getAlgorithm()));
  }

  /** Signs something, as the server will for each client. */
  private static boolean fits(PrivateKey key, PublicKey owner) {
    String algorithm = "SHA256with" + (owner.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(VERSION_0);
      byte[] signed = signature.sign();
      signature.initVerify(owner);
      signature.update(VERSION_0);
      return signature.verify(signed);
    } catch (GeneralSecurityException mismatched) {
      return false;
    }
  }

  private static byte[] wrap(byte[] key, PublicKey owner) throws InvalidKeySpecException {
    // A public key is a sequence of two: the algorithm, and the key.
    byte[] algorithm = first(ByteBuffer.wrap(owner.getEncoded()), 1);
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, key));
  }

  /** Keeps the version and the number; older platforms refuse a key that tells its curve twice. */
  private static byte[] withoutCurve(byte[] key) throws InvalidKeySpecException {
    return element(SEQUENCE, first(ByteBuffer.wrap(key), 2));
  }

  /** Returns the first elements of a sequence, as they stand. */
  private static byte[] first(ByteBuffer sequence, int count) throws InvalidKeySpecException {
    try {
      length(sequence);
      int start = sequence.position();
      for (int i = 0; i < count; i++) {
        int length = length(sequence);
        sequence.position(sequence.position() + length);
      }
      byte[] elements = new byte[sequence.position() - start];
      sequence.position(start).get(elements);
      return elements;
    } catch (BufferUnderflowException | IllegalArgumentException cut) {
      throw new InvalidKeySpecException(cut);
    }
  }

  /** Reads a tag and a length. */
  private static int length(ByteBuffer element) {
    element.get();
    int first = Byte.toUnsignedInt(element.get());
    if (first < 0x80) {
      return first;
    }
    if (first > 0x83) {
      throw new IllegalArgumentException("An element of more than 16 MB");
    }
    int length = 0;
    for (int i = 0; i < first - 0x80; i++) {
      length = length << Byte.SIZE | Byte.toUnsignedInt(element.get());
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.size() < 0x80) {
      element.write(content.size());
    } else {
      // Two bytes suffice for 64 KiB, which no key has.
      element.write(0x82);
      element.write(content.size() >> Byte.SIZE);
      element.write(content.size());
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
