package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, as a server serves it; without Chromium it is skipped. */
public interface ServedPageTests {
  /** Returns the address of the server. */
  URL base();

  /** Opens the page with its live streams, and a run's own place with its log. */
  @Test
  default void a_browser_draws_curves_and_shows_a_log(@TempDir Path profile) {
    assumeTrue(Browser.isInstalled(), "/usr/bin/chromium and /usr/bin/chromedriver are missing");
    String run = "20260101_090000_0000a1";
    try (Browser browser = Browser.start("http://localhost:" + base().getPort(), profile)) {
      browser.visit("/?m=loss&runs=" + run);
      browser.untilDrawn();
      browser.until("document.querySelector('run-chart').curves[0]?.x.length > 10");
      browser.go("/runs/" + run + "?tab=log");
      browser.until("document.querySelector('run-log')?.textContent.includes('开始')");
      browser.assertNoComplaints();
      assertThat(browser.texts("run-place strong")).isNotEmpty();
    }
  }
}
