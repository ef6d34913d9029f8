package org.runmetrics.access;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tokens that a file names.
 *
 * <p>What was taken out of the file is refused from the next look on; see {@link WatchedFile}. Safe
 * for use by several threads.
 */
final class TokenFile {
  private final WatchedFile<TokenLine> file;
  private final Clock clock;

  /** Replaced as a whole when the file has changed. */
  private volatile Known known = new Known(List.of(), Map.of());

  /**
   * The lines by the start of their hashes. That tells whoever takes the time at most the start of
   * a hash, and of a token nothing.
   */
  private record Known(List<TokenLine> lines, Map<String, List<TokenLine>> byStart) {}

  private TokenFile(WatchedFile<TokenLine> file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the setting, and the line that is wrong
   */
  static TokenFile open(Path path, Clock clock) {
    return new TokenFile(WatchedFile.open(Entrance.TOKENS, path, TokenLine::parse), clock);
  }

  /** Returns whose a token is. */
  Optional<String> user(Token token) {
    String hash = token.hash();
    return known().byStart().getOrDefault(TokenLine.start(hash), List.of()).stream()
        .filter(line -> line.isOf(hash, clock))
        .map(TokenLine::name)
        .findFirst();
  }

  @SuppressWarnings("ReferenceEquality") // It is the same list until the file changes.
  private Known known() {
    List<TokenLine> lines = file.lines();
    Known now = known;
    if (now.lines() != lines) {
      now =
          new Known(
              lines,
              lines.stream().collect(Collectors.groupingBy(line -> TokenLine.start(line.hash()))));
      known = now;
    }
    return now;
  }
}
