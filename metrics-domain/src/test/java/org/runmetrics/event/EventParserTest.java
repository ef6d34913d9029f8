package org.runmetrics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.json.Json;
import org.runmetrics.json.Json.Decimal;
import org.runmetrics.json.Json.Flag;
import org.runmetrics.json.Json.Text;
import org.runmetrics.json.Json.Whole;

class EventParserTest {
  @Test
  void a_metrics_event_has_a_step_a_time_and_values() {
    assertThat(
            EventParser.parse(
                "{\"ts\": 1767229200.5, \"type\": \"metrics\", \"data\": {\"loss\": 2.5,"
                    + " \"epoch\": 1, \"global_step\": 7, \"stage\": \"warmup\"}}"))
        .contains(
            new Event.Metrics(
                OptionalLong.of(7),
                OptionalDouble.of(1767229200.5),
                Map.of(
                    "loss", new Decimal(2.5),
                    "epoch", new Whole(1),
                    "stage", new Text("warmup"))));
  }

  @Test
  void scalars_are_kept_in_the_order_of_the_line() {
    Event.Metrics event =
        metrics(
            "{\"z\": NaN, \"b\": true, \"step\": 1, \"s\": \"\", \"n\": null, \"o\": {\"x\": 1},"
                + " \"a\": -Infinity, \"i\": [1], \"time\": 5, \"global_step\": 2, \"z\": 1}");
    assertThat(event.values())
        .containsExactly(
            Map.entry("z", new Whole(1)),
            Map.entry("b", new Flag(true)),
            Map.entry("s", new Text("")),
            Map.entry("n", Json.Null.NULL),
            Map.entry("a", new Decimal(Double.NEGATIVE_INFINITY)),
            Map.entry("time", new Whole(5)));
  }

  @Test
  void a_metrics_event_may_hold_nothing() {
    assertThat(EventParser.parse("{\"data\": {}, \"type\": \"metrics\"}"))
        .contains(new Event.Metrics(OptionalLong.empty(), OptionalDouble.empty(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"global_step\": 3}; 3",
        "{\"step\": 4}; 4",
        "{\"step\": 4, \"global_step\": 3}; 3",
        "{\"global_step\": null, \"step\": 4}; 4",
        "{\"global_step\": \" 1_000 \"}; 1000",
        "{\"global_step\": 3.7}; 3",
        "{\"step\": true}; 1",
        "{\"global_step\": 0, \"step\": 4}; 0",
      })
  void the_step_is_the_global_step_or_else_the_step(String data, long step) {
    assertThat(metrics(data).step()).hasValue(step);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"global_step\": null}",
        "{\"step\": null}",
        "{\"global_step\": null, \"step\": null}",
        "{\"global_step\": \"x\"}",
        "{\"global_step\": \"x\", \"step\": 4}",
        "{\"global_step\": 1e400, \"step\": 4}",
        "{\"global_step\": 9223372036854775808}",
        "{\"global_step\": [3]}"
      })
  void an_event_without_a_usable_step_has_none(String data) {
    assertThat(metrics(data).step()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"time\": 5.5}; 5.5",
        "{\"time\": 5}; 5",
        "{\"time\": -1e3}; -1000",
        "{}; 9",
        "{\"time\": null}; 9",
        "{\"time\": NaN}; 9",
        "{\"time\": Infinity}; 9",
        "{\"time\": 1e400}; 9",
        "{\"time\": \"5\"}; 9",
        "{\"time\": true}; 9",
      })
  void the_time_is_a_finite_time_or_else_the_timestamp(String data, double time) {
    assertThat(metrics(data).time()).hasValue(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "NaN", "-Infinity", "\"9\"", "false", "[9]"})
  void an_event_without_a_finite_timestamp_has_no_time(String timestamp) {
    assertThat(
            EventParser.parse(
                "{\"ts\": %s, \"type\": \"metrics\", \"data\": {}}".formatted(timestamp)))
        .contains(new Event.Metrics(OptionalLong.empty(), OptionalDouble.empty(), Map.of()));
  }

  @Test
  void an_image_has_a_key_a_path_and_a_caption() {
    assertThat(
            EventParser.parse(
                "{\"ts\": 9, \"type\": \"image\", \"data\": {\"key\": \"prediction\", \"path\":"
                    + " \"media/1.png\", \"step\": \"10\", \"caption\": \"Größe\"}}"))
        .contains(
            new Event.Image(
                OptionalDouble.of(9),
                OptionalLong.of(10),
                Optional.of("prediction"),
                Optional.of("media/1.png"),
                Optional.of("Größe")));
  }

  @Test
  void an_image_may_lack_everything() {
    assertThat(
            EventParser.parse("{\"type\": \"image\", \"data\": {\"key\": 1, \"caption\": null}}"))
        .contains(
            new Event.Image(
                OptionalDouble.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\": {\"loss\": 1}}",
        "{\"type\": \"text\", \"data\": {\"loss\": 1}}",
        "{\"type\": \"Metrics\", \"data\": {\"loss\": 1}}",
        "{\"type\": null, \"data\": {\"loss\": 1}}",
        "{\"type\": [\"metrics\"], \"data\": {\"loss\": 1}}",
        "{\"type\": \"metrics\", \"type\": \"text\", \"data\": {}}"
      })
  void other_types_are_unknown(String line) {
    assertThat(EventParser.parse(line)).contains(new Event.Unknown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"data\": null,", "\"data\": [],", "\"data\": 1,", "\"data\": \"{}\","})
  void metrics_and_images_without_an_object_of_data_are_malformed(String data) {
    for (String type : new String[] {"metrics", "image"}) {
      assertThat(EventParser.parse("{%s \"type\": \"%s\"}".formatted(data, type)))
          .contains(new Event.Malformed());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "x",
        "[]",
        "1",
        "{",
        "{\"type\": \"metrics\"",
        "{} {}",
        "\0\0",
        "\uFFFD"
      })
  void what_is_no_object_is_no_event(String line) {
    assertThat(EventParser.parse(line)).isEmpty();
  }

  private static Event.Metrics metrics(String data) {
    return assertThat(
            EventParser.parse("{\"ts\": 9, \"type\": \"metrics\", \"data\": %s}".formatted(data)))
        .get(type(Event.Metrics.class))
        .actual();
  }
}
