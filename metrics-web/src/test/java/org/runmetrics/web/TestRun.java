package org.runmetrics.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A run on disk that a test writes line by line. */
public final class TestRun {
  private final String id;
  private final Path directory;

  private TestRun(String id, Path directory) {
    this.id = id;
    this.directory = directory;
  }

  /** Creates a run of a status in the group {@code test}. */
  public static TestRun create(Path root, String id, String status) {
    try {
      TestRun run = new TestRun(id, Files.createDirectories(root.resolve("runs/test").resolve(id)));
      return run.write("status.json", "{\"status\": \"" + status + "\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String id() {
    return id;
  }

  public Path directory() {
    return directory;
  }

  public TestRun write(String file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public TestRun write(String file, byte[] bytes) {
    try {
      Files.write(directory.resolve(file), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends text to the events, without a line feed of its own. */
  public TestRun append(String text) {
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
  public TestRun log(double time, String data) {
    return append("{\"ts\": " + time + ", \"type\": \"metrics\", \"data\": {" + data + "}}\n");
  }

  /** Logs rows of ten metrics, which are long as text. */
  public TestRun logWide(int rows) {
    StringBuilder lines = new StringBuilder();
    for (int step = 0; step < rows; step++) {
      lines.append("{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"global_step\": ").append(step);
      for (int metric = 0; metric < 10; metric++) {
        lines.append(", \"m").append(metric).append("\": ").append(Math.sqrt(step));
      }
      lines.append("}}\n");
    }
    return append(lines.toString());
  }
}
