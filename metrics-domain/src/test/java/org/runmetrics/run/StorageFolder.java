package org.runmetrics.run;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A storage root on disk, written as the tracker would. */
record StorageFolder(Path path) {

  /** Creates a run with nothing but an empty {@code meta.json}. */
  Path run(String relative) throws IOException {
    Path run = directory(relative);
    Files.writeString(run.resolve("meta.json"), "{}");
    return run;
  }

  Path directory(String relative) throws IOException {
    return Files.createDirectories(resolve(relative));
  }

  Path link(String relative, Path target) throws IOException {
    Path link = resolve(relative);
    Files.createDirectories(link.resolveSibling(""));
    return Files.createSymbolicLink(link, target);
  }

  static void delete(Path run) throws IOException {
    Files.createFile(run.resolve(".deleted"));
  }

  /** Goes by the URI, since a name beyond ASCII is no path in every locale. */
  Path resolve(String relative) {
    try {
      String encoded = new URI(null, null, relative, null).toASCIIString();
      String base = path.toUri().toString();
      return Path.of(URI.create((base.endsWith("/") ? base : base + "/") + encoded));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  List<RunDirectory> scan() {
    return new StorageRoot(path).scan();
  }

  List<String> places() {
    return scan().stream().map(RunDirectory::relative).toList();
  }

  RunDirectory only() {
    List<RunDirectory> runs = scan();
    if (runs.size() != 1) {
      throw new IllegalStateException("not one run but " + runs.size());
    }
    return runs.get(0);
  }
}
