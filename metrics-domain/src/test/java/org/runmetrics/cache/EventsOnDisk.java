package org.runmetrics.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;

/** A run on disk whose events a test writes. */
final class EventsOnDisk {
  private final Path directory;
  private final RunDirectory run;

  private EventsOnDisk(Path root, String id) {
    try {
      directory = Files.createDirectories(root.resolve("runs").resolve(id));
      status("running");
      run = new RunCatalog(new StorageRoot(root)).find(id).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EventsOnDisk create(Path root, String id) {
    return new EventsOnDisk(root, id);
  }

  RunDirectory run() {
    return run;
  }

  Path file() {
    return directory.resolve("events.jsonl");
  }

  void status(String status) throws IOException {
    Files.writeString(directory.resolve("status.json"), "{\"status\": \"" + status + "\"}");
  }

  void append(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  void append(byte[] bytes) {
    try {
      Files.write(file(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends steps with one value each, of which each is its step. */
  void log(int firstStep, int lastStep) {
    StringBuilder lines = new StringBuilder();
    for (int step = firstStep; step <= lastStep; step++) {
      lines.append(line(step));
    }
    append(lines.toString());
  }

  static String line(int step) {
    return "{\"ts\": %d, \"type\": \"metrics\", \"data\": {\"a\": %d, \"global_step\": %d}}%n"
        .formatted(1_700_000_000 + step, step, step);
  }
}
