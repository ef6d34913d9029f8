package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.server.MetricsJar;

/** A page whose server goes and comes back. */
@Timeout(180)
@ExtendWith(Visit.class)
class ServerGoneIT {
  @Test
  void what_was_drawn_stays_and_goes_on_when_the_server_is_back(@TempDir Path folder)
      throws IOException {
    PageStorage storage = PageStorage.write(folder.resolve("storage"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    MetricsJar first = start(storage, temporary);
    try (Browser browser =
        Browser.start(
            "http://127.0.0.1:" + MetricsJar.PORT,
            Files.createDirectory(folder.resolve("profile")))) {
      browser.go("/?m=loss&runs=" + PageStorage.LIVE);
      browser.untilDrawn();
      first.close();
      browser.until("!document.querySelector('.gone').hidden");
      assertThat(browser.find(".gone").getText()).contains("has not answered since", "Next try in");
      assertThat(browser.script("return document.querySelector('run-chart').isDrawn"))
          .isEqualTo(true);
      storage.train(51);
      try (MetricsJar second = start(storage, temporary)) {
        browser.script("document.querySelector('.gone button')?.click()");
        browser.until("document.querySelector('.gone').hidden");
        browser.until("document.querySelector('run-chart').curves[0]?.x.at(-1) === 51");
        storage.train(52);
        browser.until("document.querySelector('run-chart').curves[0]?.x.at(-1) === 52");
        assertThat(second.process().isAlive()).isTrue();
      }
    }
  }

  private static MetricsJar start(PageStorage storage, Path temporary) throws IOException {
    MetricsJar jar =
        MetricsJar.start(
            temporary,
            Map.of("METRICS_STORAGE_ROOT", storage.root().toString()),
            "--port",
            MetricsJar.PORT);
    var unusedLines = jar.linesUntil("Runmetrics is at");
    return jar;
  }
}
