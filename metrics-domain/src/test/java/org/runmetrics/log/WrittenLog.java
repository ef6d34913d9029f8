package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;

/** The log of a real run on disk, written as a training would. */
public final class WrittenLog {
  private final RunDirectory run;

  public WrittenLog(Path root) throws IOException {
    Path directory = Files.createDirectories(root.resolve("runs/20260101_000000_aaaaaa"));
    Files.writeString(directory.resolve("meta.json"), "{}");
    run = new RunCatalog(new StorageRoot(root)).find("20260101_000000_aaaaaa").orElseThrow();
  }

  public RunDirectory run() {
    return run;
  }

  public Path path() {
    return run.logName();
  }

  public void append(String text) throws IOException {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  public void append(byte[] bytes) throws IOException {
    Files.write(path(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Makes the log so many bytes long by zeros, which take no room on the disk. */
  void extend(long length) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(path(), StandardOpenOption.WRITE)) {
      channel.position(length - 1).write(ByteBuffer.allocate(1));
    }
  }

  public void overwrite(String text) throws IOException {
    Files.writeString(path(), text);
  }

  /** Says what the tracker says of the run. */
  public void status(String status) throws IOException {
    Files.writeString(path().resolveSibling("status.json"), "{\"status\": \"" + status + "\"}");
  }

  /** Reads on to the end. */
  public List<String> rest(LogCursor cursor) throws IOException {
    List<String> lines = new ArrayList<>();
    for (LogBlock block = cursor.read(); !block.isEmpty(); block = cursor.read()) {
      assertThat(block.truncated()).isFalse();
      block.lines().forEach(line -> lines.add(line.text()));
    }
    return lines;
  }

  public void rotate() throws IOException {
    Files.move(path(), path().resolveSibling("logs.txt.1"));
  }

  public void delete() throws IOException {
    Files.delete(path());
  }
}
