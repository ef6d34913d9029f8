package org.runmetrics.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runmetrics.run.index.StorageFolder;

class RunInfoTest {
  @TempDir Path root;
  private Path directory;

  @BeforeEach
  void aRun() throws IOException {
    directory = new StorageFolder(root).run("runs/vision/small/id");
  }

  @Test
  void a_run_tells_about_itself() throws IOException {
    write(
        "meta.json",
        "{\"path\": \"nlp/tiny/more\", \"alias\": \"Größe\", \"created_at\": 5.5, \"pid\": 42,"
            + " \"tags\": [\"a\", \"b\"], \"total_steps\": 100}");
    write("status.json", "{\"status\": \"failed\", \"started_at\": 6, \"ended_at\": 7.5}");
    write("summary.json", "{\"best_metric_name\": \"acc\", \"best_metric_value\": 0.5}");
    RunInfo info = info();
    assertThat(info.id().value()).isEqualTo("id");
    assertThat(info.directory()).isEqualTo("runs/vision/small/id");
    assertThat(info.createdTime()).hasValue(5.5);
    assertThat(info.status().status()).isEqualTo("failed");
    assertThat(info.status().startedAt()).hasValue(6);
    assertThat(info.status().endedAt()).hasValue(7.5);
    assertThat(info.status().isRunning()).isFalse();
    assertThat(info.pid()).hasValue(42);
    assertThat(info.bestMetricName()).contains("acc");
    assertThat(info.bestMetricValue()).hasValue(0.5);
    assertThat(info.group()).isEqualTo("nlp/tiny/more");
    assertThat(info.project()).contains("nlp");
    assertThat(info.name()).contains("tiny/more");
    assertThat(info.alias()).contains("Größe");
    assertThat(info.tags()).containsExactly("a", "b");
    assertThat(info.totalSteps()).hasValue(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "{", "[]", "null", "{} x", "\0\0", "{\"alias\": \"x\""})
  void damaged_files_count_as_empty(String text) throws IOException {
    for (String name : new String[] {"meta.json", "status.json", "summary.json"}) {
      write(name, text);
    }
    Files.setLastModifiedTime(directory, FileTime.fromMillis(1_500));
    RunInfo info = info();
    assertThat(info.createdTime()).hasValue(1.5);
    assertThat(info.status().status()).isEqualTo("unknown");
    assertThat(info.status().startedAt()).isEmpty();
    assertThat(info.pid()).isEmpty();
    assertThat(info.bestMetricName()).isEmpty();
    assertThat(info.bestMetricValue()).isEmpty();
    assertThat(info.group()).isEqualTo("vision/small");
    assertThat(info.project()).contains("vision");
    assertThat(info.name()).contains("small");
    assertThat(info.alias()).isEmpty();
    assertThat(info.tags()).isEmpty();
    assertThat(info.totalSteps()).isEmpty();
  }

  @Test
  void a_field_of_the_wrong_type_spoils_no_other() throws IOException {
    write(
        "meta.json",
        "{\"path\": [], \"project\": 1, \"name\": {}, \"alias\": \"kept\", \"created_at\": \"5\","
            + " \"pid\": \"42\", \"tags\": {}, \"total_steps\": \"9\"}");
    write("status.json", "{\"status\": 1, \"started_at\": 6, \"ended_at\": \"never\"}");
    write("summary.json", "{\"best_metric_name\": \"acc\", \"best_metric_value\": \"high\"}");
    RunInfo info = info();
    assertThat(info.alias()).contains("kept");
    assertThat(info.createdTime()).hasValue(6);
    assertThat(info.status().status()).isEqualTo("unknown");
    assertThat(info.status().startedAt()).hasValue(6);
    assertThat(info.status().endedAt()).isEmpty();
    assertThat(info.pid()).isEmpty();
    assertThat(info.bestMetricName()).contains("acc");
    assertThat(info.bestMetricValue()).isEmpty();
    assertThat(info.group()).isEqualTo("vision/small");
    assertThat(info.project()).contains("vision");
    assertThat(info.name()).contains("small");
    assertThat(info.tags()).isEmpty();
    assertThat(info.totalSteps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "Infinity", "-Infinity", "1e400", "null", "true", "\"0.5\"", "[1]"})
  void a_best_value_is_a_finite_number_or_missing(String value) throws IOException {
    write("summary.json", "{\"best_metric_value\": " + value + ", \"best_metric_name\": \"loss\"}");
    assertThat(info().bestMetricValue()).isEmpty();
    assertThat(info().bestMetricName()).contains("loss");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[\"a\", \"b\"]; a,b",
        "\"alone\"; alone",
        "[\"a\", 1, null, [\"x\"], {\"y\": 1}, \"b\"]; a,1,b",
        "7; 7",
      })
  void tags_are_words_and_whole_numbers(String tags, String expected) throws IOException {
    write("meta.json", "{\"tags\": " + tags + "}");
    assertThat(info().tags()).isEqualTo(List.of(expected.split(",")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"path\": \"nlp\"}; nlp; nlp;",
        "{\"path\": \" \"}; vision/small; vision; small",
        "{\"path\": \"a/b\", \"project\": \"p\", \"name\": \"n\"}; a/b; p; n",
        "{\"project\": \"p\"}; vision/small; p; small",
      })
  void the_group_gives_the_project_and_the_name_where_they_are_not_told(
      String meta, String group, String project, String name) throws IOException {
    write("meta.json", meta);
    RunInfo info = info();
    assertThat(info.group()).isEqualTo(group);
    assertThat(info.project()).contains(project);
    assertThat(info.name().orElse(null)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"total_steps\": 1, \"max_steps\": 2}; {\"total_steps\": 3}; 1",
        "{\"max_steps\": 2}; {\"total_steps\": 3}; 2",
        "{\"total_steps\": 0}; {\"total_steps\": 3}; 3",
        "{\"total_steps\": -1}; {\"max_steps\": 4}; 4",
      })
  void the_summary_tells_the_length_before_meta(String summary, String meta, long steps)
      throws IOException {
    write("summary.json", summary);
    write("meta.json", meta);
    assertThat(info().totalSteps()).hasValue(steps);
  }

  @Test
  void a_byte_order_mark_does_not_matter() throws IOException {
    write("meta.json", "\uFEFF{\"alias\": \"marked\"}");
    assertThat(info().alias()).contains("marked");
  }

  @Test
  void a_huge_file_counts_as_damaged() throws IOException {
    write("meta.json", "{\"alias\": \"x\", \"more\": \"" + "y".repeat(5 << 20) + "\"}");
    write("status.json", "{\"status\": \"running\"}");
    assertThat(info().alias()).isEmpty();
    assertThat(info().status().isRunning()).isTrue();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private RunInfo info() {
    return RunInfo.of(new StorageFolder(root).only());
  }
}
