package org.runmetrics.run.index;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.runmetrics.run.RunDirectory;

/** A storage root on disk, written as the tracker would. */
public record StorageFolder(Path path) {

  /** Creates a run with nothing but an empty {@code meta.json}. */
  public Path run(String relative) throws IOException {
    Path run = directory(relative);
    Files.writeString(run.resolve("meta.json"), "{}");
    return run;
  }

  public Path directory(String relative) throws IOException {
    return Files.createDirectories(resolve(relative));
  }

  public Path link(String relative, Path target) throws IOException {
    Path link = resolve(relative);
    Files.createDirectories(link.resolveSibling(""));
    return Files.createSymbolicLink(link, target);
  }

  public static void delete(Path run) throws IOException {
    Files.createFile(run.resolve(".deleted"));
  }

  /** Goes by the URI, since a name beyond ASCII is no path in every locale. */
  public Path resolve(String relative) {
    try {
      String encoded = new URI(null, null, relative, null).toASCIIString();
      String base = path.toUri().toString();
      return Path.of(URI.create((base.endsWith("/") ? base : base + "/") + encoded));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public List<RunDirectory> scan() {
    return new StorageRoot(path).scan();
  }

  public List<String> places() {
    return scan().stream().map(RunDirectory::relative).toList();
  }

  public RunDirectory only() {
    List<RunDirectory> runs = scan();
    if (runs.size() != 1) {
      throw new IllegalStateException("not one run but " + runs.size());
    }
    return runs.get(0);
  }
}
