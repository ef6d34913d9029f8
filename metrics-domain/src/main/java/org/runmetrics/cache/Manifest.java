package org.runmetrics.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The files of a store as they were when it was closed.
 *
 * <p>Ehcache believes what its index says. So the index is compared, as is every other file but the
 * data, of which only the size is: values there have checksums of their own, and reading all of
 * them would make every start wait.
 */
final class Manifest {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final String DATA = ".data";

  private Manifest() {}

  /** Writes down what a folder holds; a crash meanwhile leaves no manifest. */
  static void write(Path manifest, Path folder) throws IOException {
    byte[] description = describe(folder);
    Path draft = folder.resolve("manifest");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer text = ByteBuffer.wrap(description);
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(draft, manifest, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns whether a folder holds just what was written down. */
  static boolean matches(Path manifest, Path folder) throws IOException {
    if (!Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)
        || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] now = describe(folder);
    return Files.size(manifest) == now.length && Arrays.equals(Files.readAllBytes(manifest), now);
  }

  private static byte[] describe(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        text.append(folder.relativize(file));
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          text.append(' ').append(Files.size(file));
          if (!file.toString().endsWith(DATA)) {
            text.append(' ').append(checksum(file));
          }
        } else if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          text.append(" is neither a file nor a folder");
        }
        text.append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(block.clear()) >= 0) {
        checksum.update(block.flip());
      }
    }
    return Long.toHexString(checksum.getValue());
  }
}
