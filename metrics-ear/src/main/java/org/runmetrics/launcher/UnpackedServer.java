package org.runmetrics.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The temporary folder into which Payara Micro unpacks itself.
 *
 * <p>Payara removes it when it stops, unless it is stopped while it still unpacks.
 */
final class UnpackedServer {
  private static final int LOOKS = 40;
  private static final int LOOKS_LEFT_TO_PAYARA = 20;

  /** Payara's log may come back once after the folder was removed. */
  private static final int LOOKS_WITHOUT = 3;

  /** Returns where it lies, once Payara has made it. */
  static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty("fish.payara.micro.tmpdir")).map(Path::of);
  }

  /** Waits until Payara has removed its folder, or removes it after two seconds. */
  void remove() {
    Optional<Path> folder = folder();
    int without = 0;
    try {
      for (int look = 0; look < LOOKS && folder.isPresent() && without < LOOKS_WITHOUT; look++) {
        // Other shutdown hooks run meanwhile; none of them can be waited for.
        Thread.sleep(100);
        boolean isThere = Files.exists(folder.get());
        if (isThere && (without > 0 || look >= LOOKS_LEFT_TO_PAYARA)) {
          delete(folder.get());
        }
        without = isThere ? 0 : without + 1;
      }
    } catch (IOException | UncheckedIOException goneMeanwhile) {
      System.err.println("Could not delete " + folder.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
