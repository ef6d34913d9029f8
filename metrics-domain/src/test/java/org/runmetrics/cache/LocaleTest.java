package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.ForkedJvm;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;
import org.runmetrics.settings.CacheSize;

class LocaleTest {

  @TempDir Path root;

  @Test
  void runs_whose_names_the_locale_cannot_express_are_kept_apart() throws Exception {
    EventsOnDisk.create(root, "小型甲").log(1, 10);
    EventsOnDisk.create(root, "大型乙").log(1, 10);

    assertThat(ForkedJvm.run(Map.of("LC_ALL", "C"), List.of(), Asking.class, root.toString()))
        .contains("loads 2, hits 6");
  }

  /** Asks for each run four times in turn. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) throws IOException {
      RunCatalog catalog = new RunCatalog(new StorageRoot(Path.of(arguments[0])));
      try (SeriesCache cache = new SeriesCache(CacheSize.ofHeap(1 << 20), 1)) {
        for (int i = 0; i < 4; i++) {
          for (RunInfo run : catalog.runs()) {
            cache.series(catalog.find(run.id().value()).orElseThrow());
          }
        }
        CacheStatistics statistics = cache.statistics();
        System.out.printf("loads %d, hits %d%n", statistics.loads(), statistics.hits());
      }
    }
  }
}
