package org.runmetrics.settings;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Where the cache lies on disk: never among the runs, since nothing is ever written there. */
final class CacheLocation {
  static final String NAME = "metrics.cache.directory";

  private CacheLocation() {}

  /** Returns the folder where caches of a user lie, after the XDG base directory specification. */
  static Path byDefault(Function<String, Optional<String>> values) {
    return values
        .apply("XDG_CACHE_HOME")
        .flatMap(CacheLocation::path)
        .filter(Path::isAbsolute)
        .or(() -> path(System.getProperty("user.home", "")).map(home -> home.resolve(".cache")))
        .orElseGet(() -> Path.of(".cache"))
        .resolve("runmetrics");
  }

  /** What the locale cannot express must not fail a server that needs no folder. */
  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException inexpressible) {
      return Optional.empty();
    }
  }

  /** Checks that a folder and the storage root lie apart. */
  static void check(Path directory, Path storageRoot) {
    Path cache = real(directory);
    Path root = real(storageRoot);
    if (cache.startsWith(root) || root.startsWith(cache)) {
      throw new IllegalArgumentException(
          NAME
              + " must be a folder outside of the storage root "
              + storageRoot
              + " that does not hold it either, not "
              + directory);
    }
  }

  /** Follows links as far as there are files. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath();
    for (Path part = absolute; part != null; part = part.getParent()) {
      try {
        return part.toRealPath().resolve(part.relativize(absolute)).normalize();
      } catch (IOException notThere) {
        // The folder above it may be.
      }
    }
    return absolute.normalize();
  }
}
