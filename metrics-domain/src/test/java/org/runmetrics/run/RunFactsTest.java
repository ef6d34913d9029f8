package org.runmetrics.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.json.Json;
import org.runmetrics.run.index.StorageFolder;

class RunFactsTest {
  @TempDir Path temporary;
  private Path root;
  private Path directory;

  @BeforeEach
  void aRun() throws IOException {
    root = Files.createDirectory(temporary.resolve("storage"));
    directory = new StorageFolder(root).run("runs/vision/small/id");
  }

  @Test
  void a_run_without_the_files_has_no_parameters_and_no_summary() {
    assertThat(facts().parameters().fields().values()).isEmpty();
    assertThat(facts().summary().fields().values()).isEmpty();
    assertThat(facts().parameters().leftOut()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"config\": 1}",
        "{\"config\": {}}",
        "{\"config\": {\"args\": null}}",
        "{\"config\": {\"args\": [1]}}",
        "{\"config\": {\"args\": {}}}",
      })
  void a_file_without_an_object_of_arguments_has_no_parameters(String text) throws IOException {
    write("assets.json", text);
    assertThat(facts().parameters().fields().values()).isEmpty();
  }

  @Test
  void nested_names_are_joined_by_points_and_lists_stay_lists() throws IOException {
    write(
        "assets.json",
        "{\"config\": {\"args\": {\"optimizer\": {\"lr\": 0.001, \"betas\": [0.9, {\"b\": 1}]},"
            + " \"__proto__\": \"<img>\", \"名\": null, \"none\": {}, \"a.b\": 1, \"a\": {\"b\": 2},"
            + " \"x\\ny\": NaN}, \"extra\": {\"note\": 1}}}");
    assertThat(facts().parameters().fields().values().keySet())
        .containsExactly(
            "optimizer.lr", "optimizer.betas", "__proto__", "名", "none", "a.b", "x\ny");
    assertThat(facts().parameters().fields().finite("optimizer.lr")).hasValue(0.001);
    assertThat(facts().parameters().fields().value("optimizer.betas").orElseThrow())
        .isInstanceOf(Json.Items.class);
    assertThat(facts().parameters().fields().whole("a.b")).hasValue(2);
  }

  @Test
  void of_many_parameters_the_first_are_kept_and_the_others_counted() throws IOException {
    String arguments =
        IntStream.range(0, BoundedFields.MAX_FIELDS + 7)
            .mapToObj(i -> "\"p" + i + "\": " + i)
            .collect(Collectors.joining(", "));
    write("assets.json", "{\"config\": {\"args\": {" + arguments + "}}}");
    assertThat(facts().parameters().fields().values()).hasSize(BoundedFields.MAX_FIELDS);
    assertThat(facts().parameters().fields().whole("p999")).hasValue(999);
    assertThat(facts().parameters().leftOut()).isEqualTo(7);
  }

  @Test
  void what_is_too_long_is_left_out_and_hides_nothing_else() throws IOException {
    String deep = "[".repeat(100) + "\"" + "y".repeat(10_000) + "\"" + "]".repeat(100);
    write(
        "summary.json",
        "{\"text\": \"%s\", \"%s\": 1, \"deep\": %s, \"acc\": 0.5, \"%s\": 2}"
            .formatted("x".repeat(10_000), "n".repeat(10_000), deep, "m".repeat(3000)));
    assertThat(facts().summary().fields().values().keySet())
        .containsExactly("acc", "m".repeat(3000));
    assertThat(facts().summary().leftOut()).isEqualTo(3);
  }

  @Test
  void all_together_are_bounded_too() throws IOException {
    String fields =
        IntStream.range(0, 50)
            .mapToObj(i -> "\"p%02d\": \"%s\"".formatted(i, "x".repeat(4000)))
            .collect(Collectors.joining(", "));
    write("summary.json", "{" + fields + ", \"last\": 1}");
    assertThat(facts().summary().fields().values()).hasSize(25).containsKey("last");
    assertThat(facts().summary().leftOut()).isEqualTo(26);
  }

  @Test
  void a_link_that_leads_outside_of_the_root_is_not_read() throws IOException {
    Path outside = temporary.resolve("outside.json");
    Files.writeString(outside, "{\"config\": {\"args\": {\"secret\": 1}}, \"secret\": 1}");
    Files.createSymbolicLink(directory.resolve("assets.json"), outside);
    Files.createSymbolicLink(directory.resolve("summary.json"), outside);
    assertThat(facts().parameters().fields().values()).isEmpty();
    assertThat(facts().summary().fields().values()).isEmpty();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private RunFacts facts() {
    return RunFacts.of(new StorageFolder(root).only());
  }
}
