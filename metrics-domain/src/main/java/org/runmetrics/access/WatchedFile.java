package org.runmetrics.access;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file of one thing a line that a setting names, which is read again when it changes.
 *
 * <p>Empty lines and comments, which begin with {@code #}, are passed over. A line that is wrong
 * ends the start of a server; later on it counts as if it were not there, as does a file that
 * cannot be read, and the log says so. Safe for use by several threads.
 *
 * @param <T> what a line says
 */
final class WatchedFile<T> {
  private static final Logger LOG = System.getLogger(WatchedFile.class.getName());
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Between two looks at whether the file has changed. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final String setting;
  private final Path path;
  private final Function<String, T> parser;

  /** Replaced as a whole. */
  private volatile Read<T> read;

  /** A moment of {@link System#nanoTime}. */
  private volatile long looked = System.nanoTime();

  /** What the file held, and how it is seen that it holds something else. */
  private record Read<T>(List<T> lines, List<String> wrong, Stamp stamp) {}

  /** Of a file; a file that is put in its place is another one. */
  private record Stamp(FileTime modified, long size, Object key) {
    private static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1, "");

    private static Stamp of(Path path) throws IOException {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()).orElse(""));
    }
  }

  private WatchedFile(String setting, Path path, Function<String, T> parser) throws IOException {
    this.setting = setting;
    this.path = path;
    this.parser = parser;
    this.read = read(Stamp.of(path));
  }

  /**
   * Reads a file.
   *
   * @param parser throws an {@link IllegalArgumentException} for a line that is wrong, which says
   *     what it should be and repeats nothing that may be secret
   * @throws IllegalArgumentException naming the setting, and the line that is wrong
   */
  static <T> WatchedFile<T> open(String setting, Path path, Function<String, T> parser) {
    try {
      WatchedFile<T> file = new WatchedFile<>(setting, path, parser);
      if (!file.read.wrong().isEmpty()) {
        throw new IllegalArgumentException(setting + ": " + file.read.wrong().get(0));
      }
      file.say();
      return file;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          setting + " must be a file that can be read, not " + path, unreadable);
    }
  }

  /** Returns what the lines say that are right; the same list until the file changes. */
  List<T> lines() {
    if (System.nanoTime() - looked >= LOOK.toNanos()) {
      looked = System.nanoTime();
      look();
    }
    return read.lines();
  }

  private void look() {
    try {
      Stamp now = Stamp.of(path);
      if (!now.equals(read.stamp())) {
        read = read(now);
        say();
      }
    } catch (IOException unreadable) {
      if (!read.stamp().equals(Stamp.NONE)) {
        read = new Read<>(List.of(), List.of(), Stamp.NONE);
        LOG.log(Level.ERROR, "{0}: the file cannot be read, and counts as empty", setting);
      }
    }
  }

  private void say() {
    read.wrong().forEach(line -> LOG.log(Level.ERROR, "{0}: {1}", setting, line));
    Level level = read.lines().isEmpty() ? Level.WARNING : Level.INFO;
    LOG.log(level, "{0}: {1} lines count", setting, read.lines().size());
  }

  private Read<T> read(Stamp stamp) throws IOException {
    List<T> lines = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    // What is not UTF-8 makes its own line wrong, not all of them.
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    List<String> texts = text.replace(BYTE_ORDER_MARK, "").lines().toList();
    for (int i = 0; i < texts.size(); i++) {
      String line = texts.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        lines.add(parser.apply(line));
      } catch (IllegalArgumentException malformed) {
        wrong.add("line " + (i + 1) + ": " + malformed.getMessage());
      }
    }
    return new Read<>(List.copyOf(lines), List.copyOf(wrong), stamp);
  }
}
