package org.runmetrics.access;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The tokens that a file names.
 *
 * <p>What was taken out of the file is refused from the next look on; see {@link WatchedFile}. Safe
 * for use by several threads.
 */
final class TokenFile {
  private final WatchedFile<TokenLine> file;
  private final Clock clock;

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
    Optional<String> user = Optional.empty();
    // To the last line whichever it is: the time tells nothing of the place.
    for (TokenLine line : file.lines()) {
      if (line.isOf(hash, clock)) {
        user = Optional.of(line.name());
      }
    }
    return user;
  }
}
