package org.runmetrics.launcher;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.runmetrics.access.Token;
import org.runmetrics.access.TokenLine;

/**
 * A token that is to be made.
 *
 * @param name whose it is to be
 * @param until its last day, if it is to have one
 */
record NewToken(String name, Optional<LocalDate> until) {
  static final String COMMAND = "token";

  private static final String UNTIL = "--until";
  private static final String USAGE =
      "java -jar metrics.jar token NAME [--until 2027-06-30] >> FILE, where METRICS_AUTH_TOKENS"
          + " names the file: ";

  /**
   * Reads what comes after the command.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static NewToken parse(List<String> arguments) {
    try {
      return switch (arguments.size()) {
        case 1 -> checked(arguments.get(0), Optional.empty());
        case 3 -> {
          if (!arguments.get(1).equals(UNTIL)) {
            throw new IllegalArgumentException("there is no option " + arguments.get(1));
          }
          yield checked(arguments.get(0), Optional.of(TokenLine.day(arguments.get(2))));
        }
        default -> throw new IllegalArgumentException("a name was expected, and maybe a last day");
      };
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(USAGE + wrong.getMessage(), wrong);
    }
  }

  /**
   * Makes it.
   *
   * @param file gets the line that a server knows it by
   * @param person gets the token, which is not kept anywhere
   */
  void make(PrintStream file, PrintStream person) {
    Token token = Token.random();
    // The last line of a file that was written by hand may have no end.
    file.printf("%n%s%n", TokenLine.of(name, token, until));
    person.printf("The token of %s, which is shown this once:%n%s%n", name, token.secret());
  }

  private static NewToken checked(String name, Optional<LocalDate> until) {
    return new NewToken(TokenLine.checked(name), until);
  }
}
