package org.runmetrics.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewTokenTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | a name was expected",
        "alice bob                | a name was expected",
        "alice --till 2027-06-30  | there is no option --till",
        "alice --until tomorrow   | a day must be such as 2027-06-30, not tomorrow",
        "../alice                 | a name must be of up to 64 letters",
        "al:ice                   | a name must be of up to 64 letters",
      })
  void says_what_was_expected(String arguments, String said) {
    List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));
    assertThatThrownBy(() -> NewToken.parse(words))
        .hasMessageStartingWith("java -jar metrics.jar token NAME [--until 2027-06-30] >> FILE")
        .hasMessageContaining(said);
  }
}
