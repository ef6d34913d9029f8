package org.runmetrics.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The two PEM files by which a server shows who it is.
 *
 * @param certificate the server's certificate and those that vouch for it
 * @param key its private key; may be the same file
 */
public record TlsFiles(Path certificate, Path key) {
  /** The options that name the files. */
  public static final String CERTIFICATE = "--tls-certificate";

  public static final String KEY = "--tls-key";

  /** Far more than a chain has; a wrong file may be of any size. */
  private static final int MOST_BYTES = 1_000_000;

  /** What the files are, and how it is seen that they are others. */
  record Stamp(One certificate, One key) {}

  /** Of a file; a file that is put in its place is another one. */
  record One(FileTime modified, long size, Object file) {
    private static final One NONE = new One(FileTime.fromMillis(0), -1, "");

    /** Links are followed: certificates are often renewed by letting one point elsewhere. */
    private static One of(Path path) {
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return new One(
            now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()).orElse(""));
      } catch (IOException unreadable) {
        return NONE;
      }
    }
  }

  Stamp stamp() {
    return new Stamp(One.of(certificate), One.of(key));
  }

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException naming the option, the file and what it should hold
   */
  PrivateKeyEntry read() {
    Chain chain = read(CERTIFICATE, certificate, Chain::of);
    PrivateKey owners =
        read(KEY, key, blocks -> PrivateKeys.of(blocks, chain.own().getPublicKey()));
    return new PrivateKeyEntry(owners, chain.toArray());
  }

  private static <T> T read(String option, Path path, Function<List<Pem>, T> parser) {
    try {
      return parser.apply(Pem.parse(text(path)));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          option + " must be a file that can be read, not " + path, unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "%s: %s %s".formatted(option, path, wrong.getMessage()), wrong);
    }
  }

  private static String text(Path path) throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      return new String(file.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    }
  }
}
