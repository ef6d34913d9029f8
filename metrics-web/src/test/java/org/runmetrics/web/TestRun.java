package org.runmetrics.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A run on disk that a test writes line by line. */
final class TestRun {
  private final String id;
  private final Path directory;

  private TestRun(String id, Path directory) {
    this.id = id;
    this.directory = directory;
  }

  /** Creates a run of a status in the group {@code test}. */
  static TestRun create(Path root, String id, String status) {
    try {
      TestRun run = new TestRun(id, Files.createDirectories(root.resolve("runs/test").resolve(id)));
      return run.write("status.json", "{\"status\": \"" + status + "\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String id() {
    return id;
  }

  Path directory() {
    return directory;
  }

  TestRun write(String file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  TestRun write(String file, byte[] bytes) {
    try {
      Files.write(directory.resolve(file), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends text to the events, without a line feed of its own. */
  TestRun append(String text) {
    try {
      Files.writeString(
          directory.resolve("events.jsonl"),
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends a line of metrics with the given inside of its data. */
  TestRun log(double time, String data) {
    return append("{\"ts\": " + time + ", \"type\": \"metrics\", \"data\": {" + data + "}}\n");
  }
}
