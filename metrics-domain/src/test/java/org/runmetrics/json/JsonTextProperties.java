package org.runmetrics.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class JsonTextProperties {
  private static final String[] TOKENS =
      ("{ } [ ] , : \" \\ - 0 1 . e NaN Infinity true null \"a\" \"NaN\" {\"a\": \0 \u00A0 "
              + BareNumbers.MARKER)
          .split(" ");

  @Property
  void what_python_writes_is_read(@ForAll("objects") Json.Fields fields, @ForAll boolean ascii) {
    String text = new PythonJson(ascii).dumps(fields);
    // The order of keys is no part of a map's equality, but of its text.
    assertThat(JsonText.parse(text)).contains(fields).get().hasToString(fields.toString());
  }

  @Property
  void a_written_object_is_rejected_without_its_last_character(
      @ForAll("objects") Json.Fields fields) {
    String text = new PythonJson(true).dumps(fields);
    assertThat(JsonText.parse(text.substring(0, text.length() - 1))).isEmpty();
  }

  @Property
  void a_written_object_is_rejected_with_anything_behind_it(
      @ForAll("objects") Json.Fields fields, @ForAll("tokens") String token) {
    String text = new PythonJson(true).dumps(fields);
    assertThat(JsonText.parse(text + token)).isEmpty();
  }

  @Property
  void no_text_is_beyond_the_reader(@ForAll("texts") String text) {
    assertThatCode(() -> JsonText.parse(text)).doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of(TOKENS);
  }

  @Provide
  Arbitrary<String> texts() {
    return tokens().list().ofMaxSize(12).map(tokens -> "{\"a\": " + String.join("", tokens) + "}");
  }

  @Provide
  Arbitrary<Json.Fields> objects() {
    return objects(values(2)).withoutEdgeCases();
  }

  private Arbitrary<Json> values(int depth) {
    if (depth == 0) {
      return scalars();
    }
    Arbitrary<Json> values = values(depth - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(4, scalars()),
        Tuple.of(1, values.list().ofMaxSize(4).map(Json.Items::new)),
        Tuple.of(1, objects(values).map(fields -> fields)));
  }

  private Arbitrary<Json.Fields> objects(Arbitrary<Json> values) {
    return Arbitraries.maps(strings(), values)
        .ofMaxSize(4)
        .map(fields -> new Json.Fields(new LinkedHashMap<>(fields)));
  }

  private Arbitrary<Json> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Json.Whole::new),
        Arbitraries.longs().map(bits -> new Json.Decimal(Double.longBitsToDouble(bits))),
        Arbitraries.of(0.0, -0.0, 1e16, 1e15, 0.0001, 0.00001, Double.NaN).map(Json.Decimal::new),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
            .map(Json.Decimal::new),
        strings().map(Json.Text::new),
        Arbitraries.of(true, false).map(Json.Flag::new),
        Arbitraries.just(Json.Null.NULL));
  }

  private Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(8),
        Arbitraries.chars().range('\0', '\uFFFF').list().ofMaxSize(6).map(JsonTextProperties::join),
        Arbitraries.of("NaN", "-Infinity", ": NaN,", "\"", "\\", "🎉"));
  }

  private static String join(List<Character> characters) {
    StringBuilder text = new StringBuilder();
    characters.forEach(text::append);
    return text.toString();
  }
}
