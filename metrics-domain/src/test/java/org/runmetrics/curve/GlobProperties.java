package org.runmetrics.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GlobProperties {
  @Property
  void a_glob_matches_what_the_regular_expression_of_it_matches(
      @ForAll("globs") String glob, @ForAll("names") String name) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char sign = glob.charAt(i);
      expression.append(
          sign == '*' ? ".*" : sign == '?' ? "." : Pattern.quote(String.valueOf(sign)));
    }
    Pattern plain = Pattern.compile(expression.toString(), Pattern.DOTALL);
    assertThat(new Glob(glob).matches(name)).isEqualTo(plain.matcher(name).matches());
  }

  @Property
  void a_glob_made_of_a_name_matches_it(@ForAll("longNames") String name, @ForAll long choices) {
    StringBuilder glob = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      switch ((int) (Long.rotateLeft(choices, i) & 7)) {
        case 0 -> glob.append('?');
        case 1 -> glob.append('*');
        case 2 -> glob.append('*').append(name.charAt(i));
        default -> glob.append(name.charAt(i));
      }
    }
    assertThat(new Glob(glob.toString()).matches(name)).isTrue();
    assertThat(new Glob(glob + "!").matches(name)).isFalse();
  }

  @Example
  void many_stars_cost_no_more_than_one() {
    String name = "a".repeat(1_000_000);
    assertThat(new Glob("*a".repeat(500) + "b").matches(name)).isFalse();
    assertThat(new Glob("*a".repeat(500)).matches(name)).isTrue();
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.strings().withChars("ab\n*?").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("abc\n").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> longNames() {
    return Arbitraries.strings().withChars("abc").ofMaxLength(300);
  }
}
