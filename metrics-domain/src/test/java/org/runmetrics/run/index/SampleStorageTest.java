package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;

/** A storage that the tracker wrote. */
class SampleStorageTest {
  private RunCatalog catalog;

  @BeforeEach
  void aCatalog() throws URISyntaxException {
    URL storage = Objects.requireNonNull(SampleStorageTest.class.getResource("/storage"));
    catalog = new RunCatalog(new StorageRoot(Path.of(storage.toURI())));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void there_are_three_runs_in_two_layouts() {
    assertThat(catalog.runs())
        .extracting(RunInfo::directory)
        .containsExactly(
            "runs/logs/tqdm/20260101_140800_000018",
            "runs/vision/small/20260101_090000_0000a1",
            "legacyproj/legacyname/runs/20250101_120000_0000e1");
  }

  @Test
  void a_run_tells_about_itself() {
    RunInfo info = info("20260101_090000_0000a1");
    assertThat(info.alias()).contains("小型 démo ✓");
    assertThat(info.group()).isEqualTo("vision/small");
    assertThat(info.project()).contains("vision");
    assertThat(info.name()).contains("small");
    assertThat(info.createdTime()).hasValue(1767229200.13177);
    assertThat(info.status().status()).isEqualTo("finished");
    assertThat(info.status().endedAt()).hasValue(1767229241.780414);
    assertThat(info.pid()).hasValue(15535);
    assertThat(info.bestMetricName()).contains("val_acc");
    assertThat(info.bestMetricValue()).hasValue(0.9502);
    assertThat(info.tags()).isEmpty();
  }

  @Test
  void a_run_of_the_older_layout_names_its_project() {
    RunInfo info = info("20250101_120000_0000e1");
    assertThat(info.group()).isEqualTo("legacyproj/legacyname");
    assertThat(info.project()).contains("legacyproj");
    assertThat(info.name()).contains("legacyname");
    assertThat(info.alias()).isEmpty();
    assertThat(info.bestMetricValue()).hasValue(0.75);
  }

  @Test
  void a_run_may_have_a_log_and_no_events() {
    RunDirectory run = catalog.find("20260101_140800_000018").orElseThrow();
    assertThat(run.events()).isEmpty();
    assertThat(run.log()).isPresent();
    assertThat(RunInfo.of(run).bestMetricValue()).isEmpty();
  }

  private RunInfo info(String id) {
    return RunInfo.of(catalog.find(id).orElseThrow());
  }
}
