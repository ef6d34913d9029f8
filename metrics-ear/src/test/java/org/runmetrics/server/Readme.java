package org.runmetrics.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of code in README.md, as they stand there. */
final class Readme {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

  private Readme() {}

  /**
   * A block of code.
   *
   * @param language the word after the fence
   * @param code all lines between the fences
   */
  record Block(String language, String code) {
    /** Tells whether the code says that it runs until somebody stops it. */
    boolean isEndless() {
      return code.contains("Ctrl-C");
    }

    /** Returns the same block for a server on another port. */
    Block at(String port) {
      return new Block(language, code.replace(":23300/", ":" + port + "/"));
    }

    /** Returns the same block for runs that nobody knows. */
    Block withoutRuns() {
      return new Block(language, code.replaceAll("\\d{8}_\\d{6}_[0-9a-f]{6}", "20990101_000000_0"));
    }

    boolean namesRuns() {
      return !withoutRuns().equals(this);
    }

    /** Returns the first line that tells this block from others. */
    String title() {
      return code.lines()
          .filter(line -> !line.matches("(import|from|</?script).*|\\s*"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Returns the blocks of some languages, or of all. */
  static List<Block> blocks(String... languages) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("..", "README.md")))
        .results()
        .map(found -> new Block(found.group(1), found.group(2)))
        .filter(block -> languages.length == 0 || List.of(languages).contains(block.language()))
        .toList();
  }
}
