package org.runmetrics.access;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that a file names, which is read again when it changes.
 *
 * <p>What was taken out of the file is refused from the next look on. A line that is wrong, and a
 * file that is not there, let nobody in, and the log says so. Safe for use by several threads.
 */
final class TokenFile {
  private static final Logger LOG = System.getLogger(TokenFile.class.getName());

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Between two looks at whether the file has changed. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path path;
  private final Clock clock;

  /** Replaced as a whole. */
  private volatile Read read;

  /** A moment of {@link System#nanoTime}. */
  private volatile long looked = System.nanoTime();

  /** What the file held, and how it is seen that it holds something else. */
  private record Read(List<TokenLine> lines, List<String> wrong, Stamp stamp) {
    private void say() {
      wrong.forEach(line -> LOG.log(Level.ERROR, "{0}: {1}", Entrance.TOKENS, line));
      LOG.log(
          lines.isEmpty() ? Level.WARNING : Level.INFO,
          "{0}: {1} tokens are taken",
          Entrance.TOKENS,
          lines.size());
    }
  }

  /** Of a file; a file that is put in its place is another one. */
  private record Stamp(FileTime modified, long size, Object key) {
    private static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1, "");

    private static Stamp of(Path path) throws IOException {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()).orElse(""));
    }
  }

  private TokenFile(Path path, Clock clock, Read read) {
    this.path = path;
    this.clock = clock;
    this.read = read;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the setting, and the line that is wrong
   */
  static TokenFile open(Path path, Clock clock) {
    try {
      Read read = read(path, Stamp.of(path));
      if (!read.wrong().isEmpty()) {
        throw new IllegalArgumentException(Entrance.TOKENS + ": " + read.wrong().get(0));
      }
      read.say();
      return new TokenFile(path, clock, read);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          Entrance.TOKENS + " must be a file that can be read, not " + path, unreadable);
    }
  }

  /** Returns whose a token is. */
  Optional<String> user(Token token) {
    look();
    String hash = token.hash();
    Optional<String> user = Optional.empty();
    // To the last line whichever it is: the time tells nothing of the place.
    for (TokenLine line : read.lines()) {
      if (line.isOf(hash, clock)) {
        user = Optional.of(line.name());
      }
    }
    return user;
  }

  private void look() {
    if (System.nanoTime() - looked < LOOK.toNanos()) {
      return;
    }
    looked = System.nanoTime();
    try {
      Stamp now = Stamp.of(path);
      if (!now.equals(read.stamp())) {
        read = read(path, now);
        read.say();
      }
    } catch (IOException unreadable) {
      if (!read.stamp().equals(Stamp.NONE)) {
        read = new Read(List.of(), List.of(), Stamp.NONE);
        LOG.log(Level.ERROR, "{0}: the file cannot be read, nobody is let in", Entrance.TOKENS);
      }
    }
  }

  private static Read read(Path path, Stamp stamp) throws IOException {
    List<TokenLine> lines = new ArrayList<>();
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
        lines.add(TokenLine.parse(line));
      } catch (IllegalArgumentException malformed) {
        wrong.add("line " + (i + 1) + ": " + malformed.getMessage());
      }
    }
    return new Read(List.copyOf(lines), List.copyOf(wrong), stamp);
  }
}
