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
      assertThat(browser.text(".gone")).contains("has not answered since", "Next try in");
      browser.untilDrawn();
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

  @Test
  void a_server_that_takes_no_more_requests_is_left_alone_until_it_says(Browser browser)
      throws IOException {
    try (BusyProxy proxy = new BusyProxy(browser.server())) {
      browser.leaveFor(proxy.address() + "/?m=loss&runs=" + PageStorage.SPIKE);
      browser.untilDrawn();
      proxy.beBusy(4);
      zoom(browser);
      browser.until("document.querySelector('.gone').textContent.includes('no more requests')");
      assertThat(browser.text(".gone")).containsPattern("goes on in \\d s");
      browser.untilDrawn();
      browser.until("document.querySelector('.gone').hidden");
      browser.until("document.querySelector('run-chart').curves[0].x[0] >= 899");
      browser.forgetComplaints();
    }
  }

  @Test
  void a_server_whose_application_is_not_there_yet_counts_as_gone(Browser browser)
      throws IOException {
    try (BusyProxy proxy = new BusyProxy(browser.server())) {
      browser.leaveFor(proxy.address() + "/?m=loss&runs=" + PageStorage.SPIKE);
      browser.untilDrawn();
      proxy.beWithoutApplication(true);
      zoom(browser);
      browser.until("document.querySelector('.gone').textContent.includes('has not answered')");
      proxy.beWithoutApplication(false);
      browser.until("document.querySelector('.gone').hidden");
      browser.until("document.querySelector('run-chart').curves[0].x[0] >= 899");
      browser.forgetComplaints();
    }
  }

  /** Asks for a part of the curve that the page does not have. */
  private static void zoom(Browser browser) {
    browser.script(
        "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))",
        "/?m=loss&c.loss=range:900,1100&runs=" + PageStorage.SPIKE);
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
