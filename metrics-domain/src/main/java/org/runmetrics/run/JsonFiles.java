package org.runmetrics.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.runmetrics.exhaustion.Exhaustion;
import org.runmetrics.file.DiskThreads;
import org.runmetrics.file.OpenFile;
import org.runmetrics.file.OpenFolder;
import org.runmetrics.file.RegularFile;
import org.runmetrics.json.Json;
import org.runmetrics.json.JsonText;

/**
 * The small JSON files of a run, of which one that is missing or damaged is an empty object.
 *
 * <p>The run's directory is held open while they are read, which takes less time than to open each
 * from the root on.
 */
final class JsonFiles {
  private static final int MAX_BYTES = 4 << 20;
  private static final Json.Fields EMPTY = new Json.Fields(Map.of());

  private final RunDirectory run;
  private final Optional<OpenFolder> folder;

  private JsonFiles(RunDirectory run, Optional<OpenFolder> folder) {
    this.run = run;
    this.folder = folder;
  }

  /**
   * Reads what somebody wants to know of a run.
   *
   * @throws UncheckedIOException if the disk does not answer, or no descriptor is left
   */
  static <T> T read(RunDirectory run, Function<JsonFiles, T> reading) {
    try {
      return DiskThreads.ask(() -> readHere(run, reading), late -> {});
    } catch (IOException silent) {
      throw new UncheckedIOException(silent);
    }
  }

  private static <T> T readHere(RunDirectory run, Function<JsonFiles, T> reading) {
    Optional<OpenFolder> folder = open(run);
    try {
      return reading.apply(new JsonFiles(run, folder));
    } finally {
      folder.ifPresent(OpenFolder::close);
    }
  }

  private static Optional<OpenFolder> open(RunDirectory run) {
    try {
      Path real = run.path().toRealPath();
      return real.startsWith(run.root())
          ? Optional.of(OpenFolder.of(run.storage(), real))
          : Optional.empty();
    } catch (IOException unreadable) {
      Exhaustion.rethrow(unreadable);
      return Optional.empty();
    }
  }

  /** What the tracker wrote when the run began. */
  Json.Fields meta() {
    return fields("meta.json");
  }

  /** Whether it goes on, and how it ended. */
  Json.Fields status() {
    return fields("status.json");
  }

  /** What came of it. */
  Json.Fields summary() {
    return fields("summary.json");
  }

  /** What it was started with. */
  Json.Fields assets() {
    return fields("assets.json");
  }

  private Json.Fields fields(String name) {
    if (folder.isEmpty()) {
      return EMPTY;
    }
    try (OpenFile file = open(folder.get(), name)) {
      String text = new String(file.stream().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      return JsonText.parse(text.startsWith("\uFEFF") ? text.substring(1) : text).orElse(EMPTY);
    } catch (IOException unreadable) {
      Exhaustion.rethrow(unreadable);
      return EMPTY;
    }
  }

  private OpenFile open(OpenFolder directory, String name) throws IOException {
    try {
      return directory.file(Path.of(name));
    } catch (NoSuchFileException none) {
      if (!directory.isLink(Path.of(name))) {
        throw none;
      }
      return RegularFile.find(run.storage(), run.root(), run.path().resolve(name))
          .orElseThrow(() -> none)
          .open();
    }
  }
}
