package org.runmetrics.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runmetrics.web.TestServer;

/** The storage root that the tracker's own Python SDK wrote. */
class SampleStorageTest {
  private static final String SMALL = "/api/runs/20260101_090000_0000a1";
  private static final String OLDER = "/api/runs/20250101_120000_0000e1";

  private Path root;
  private TestServer server;

  @BeforeEach
  void start() throws IOException, URISyntaxException {
    URL storage = SampleStorageTest.class.getResource("/storage");
    root = Path.of(Objects.requireNonNull(storage, "the sample storage").toURI());
    server = TestServer.of(root);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void all_three_runs_are_listed_with_what_they_tell() {
    JsonArray runs = server.json("/api/runs?order=path").asJsonArray();

    assertThat(runs.getValuesAs(JsonObject.class))
        .extracting(run -> run.getString("run_dir"))
        .containsExactly(
            "runs/logs/tqdm/20260101_140800_000018",
            "runs/vision/small/20260101_090000_0000a1",
            "legacyproj/legacyname/runs/20250101_120000_0000e1");
    JsonObject small = runs.getJsonObject(1);
    assertThat(small.getString("alias")).isEqualTo("小型 démo ✓");
    assertThat(small.getJsonNumber("best_metric_value").doubleValue()).isEqualTo(0.9502);
    JsonObject older = runs.getJsonObject(2);
    assertThat(older.getString("project")).isEqualTo("legacyproj");
    assertThat(older.getString("name")).isEqualTo("legacyname");
    assertThat(older.getString("path")).isEqualTo("legacyproj/legacyname");
  }

  @Test
  void columns_stand_in_the_order_in_which_the_run_first_logged_them() {
    assertThat(columns("/metrics_step"))
        .containsExactly(
            "global_step loss lr epoch time stage val_loss val_acc phase_note flag nothing bigint"
                .concat(" intval neg0 tiny large e16 e15 small_e third extra_late")
                .split(" "));
    assertThat(columns("/metrics"))
        .containsExactly(
            "time loss lr epoch val_loss val_acc bigint intval neg0 tiny large e16 e15 small_e"
                .concat(" third extra_late")
                .split(" "));
  }

  @Test
  void numbers_are_served_as_they_were_logged() {
    assertThat(server.get(SMALL + "/metrics_step").body())
        .contains(
            "{\"global_step\":123,\"loss\":0.5876915237638203,\"lr\":0.001,\"epoch\":3,"
                + "\"time\":1767229216.399795,\"stage\":\"train\","
                + "\"bigint\":1.1805916207174113e+21,\"intval\":7,\"neg0\":-0.0,\"tiny\":5e-324,"
                + "\"large\":1.7976931348623157e+308,\"e16\":1e+16,\"e15\":123456789012345.0,"
                + "\"small_e\":1e-05,\"third\":0.3333333333333333}");
  }

  @Test
  void sparse_metrics_are_absent_and_numbers_that_are_not_finite_null_or_strings() {
    List<JsonObject> rows = rows("/metrics_step");

    assertThat(row(rows, 1)).doesNotContainKey("val_loss");
    for (int step : new int[] {50, 60, 61}) {
      assertThat(row(rows, step).get("loss")).as("step " + step).isEqualTo(JsonValue.NULL);
    }
    assertThat(row(rows, 50).getJsonNumber("val_loss").doubleValue()).isEqualTo(1.1475);
    assertThat(server.get(SMALL + "/metrics_step?nonfinite=string").body())
        .contains("\"loss\":\"NaN\"", "\"loss\":\"Infinity\"", "\"loss\":\"-Infinity\"");
  }

  @Test
  void steps_are_sorted_and_a_step_logged_again_is_merged() {
    List<JsonObject> rows = rows("/metrics_step");

    assertThat(rows)
        .extracting(row -> row.getInt("global_step"))
        .isSorted()
        .doesNotHaveDuplicates()
        .startsWith(-5, -4);
    JsonObject again = row(rows, 100);
    assertThat(again.getJsonNumber("loss").doubleValue()).isEqualTo(0.111);
    assertThat(again.getJsonNumber("extra_late").doubleValue()).isEqualTo(1.5);
    assertThat(again.getJsonNumber("val_loss").doubleValue()).isEqualTo(0.6584);
    assertThat(again.getString("phase_note")).isEqualTo("里程碑 100 \"q\" \\ / \t é 🎉");
    assertThat(again.getString("stage")).isEqualTo("eval");
  }

  @Test
  void the_time_view_starts_at_zero_and_ascends() {
    assertThat(rows("/metrics"))
        .extracting(row -> row.getJsonNumber("time").doubleValue())
        .startsWith(0.0)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void the_older_layout_is_served_like_the_newer() {
    assertThat(server.object(OLDER + "/metrics_step").getJsonArray("rows").getJsonObject(0))
        .containsKeys("global_step", "loss", "acc", "time", "stage");
  }

  @Test
  void nothing_under_the_storage_root_ever_changes() throws IOException {
    String before = digest();

    for (String run : List.of(SMALL, OLDER, "/api/runs/20260101_140800_000018")) {
      for (String path : List.of("", "/metrics", "/metrics_step", "/progress")) {
        assertThat(server.get(run + path).statusCode()).isEqualTo(200);
      }
    }
    server.json("/api/runs");
    server.json("/api/health");

    assertThat(digest()).isEqualTo(before);
  }

  private List<String> columns(String view) {
    return server.object(SMALL + view).getJsonArray("columns").getValuesAs(JsonString::getString);
  }

  private List<JsonObject> rows(String view) {
    JsonObject table = server.object(SMALL + view);
    List<JsonObject> rows = table.getJsonArray("rows").getValuesAs(JsonObject.class);
    assertThat(rows).hasSize(table.getInt("total")).hasSize(table.getInt("sampled"));
    return rows;
  }

  private static JsonObject row(List<JsonObject> rows, int step) {
    return rows.stream().filter(row -> row.getInt("global_step") == step).findFirst().orElseThrow();
  }

  /** Digests names, contents and times of all files. */
  private String digest() throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String content = Files.isRegularFile(path) ? digest(path) : "";
        files.put(path.toString(), content + " " + Files.getLastModifiedTime(path));
      }
    }
    return files.toString();
  }

  private static String digest(Path file) throws IOException {
    try (DigestInputStream stream =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      stream.readAllBytes();
      return HexFormat.of().formatHex(stream.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new AssertionError(everyPlatformHasIt);
    }
  }
}
