package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.access.Token;
import org.runmetrics.access.TokenLine;
import org.runmetrics.server.MetricsJar;

/** The page of a server that asks people who they are. */
@Timeout(120)
@ExtendWith(Visit.class)
class LoginIT {
  private static final Token TOKEN = Token.random();

  @Test
  void people_log_in_see_their_runs_and_log_out_or_are_no_longer_known(@TempDir Path folder)
      throws IOException {
    PageStorage storage = PageStorage.write(folder.resolve("storage"));
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, TokenLine.of("alice", TOKEN, Optional.empty()) + "\n");
    Map<String, String> settings =
        Map.of(
            "METRICS_STORAGE_ROOT",
            storage.root().toString(),
            "METRICS_AUTH_TOKENS",
            tokens.toString());
    try (MetricsJar server =
        MetricsJar.start(
            Files.createDirectory(folder.resolve("tmp")), settings, "--port", MetricsJar.PORT)) {
      var unusedLines = server.linesUntil("Runmetrics is at");
      try (Browser browser =
          Browser.start(
              "http://127.0.0.1:" + MetricsJar.PORT,
              Files.createDirectory(folder.resolve("profile")))) {
        refuses(browser);
        letsIn(browser, storage);
        logsOut(browser);
        logIn(browser, TOKEN);
        // What was refused is asked for again, without a reload.
        browser.until("document.querySelector('run-images img')");
        browser.go("/");
        browser.untilDrawn();
        Files.writeString(tokens, "");
        isKnownNoLonger(browser);
      }
    }
  }

  private static void refuses(Browser browser) {
    browser.go("/");
    browser.find("dialog.login[open] input");
    assertThat(browser.text("main")).doesNotContain("live/now");
    logIn(browser, new Token("rmt_wrong"));
    browser.until(
        "document.querySelector('dialog.login .wrong').textContent.includes('not known')");
  }

  private static void letsIn(Browser browser, PageStorage storage) {
    logIn(browser, TOKEN);
    browser.until("!document.querySelector('dialog')");
    browser.untilDrawn();
    assertThat(browser.text("button.user")).startsWith("alice");
    storage.train(51);
    browser.until(
        "document.querySelector(\"run-chart[aria-label='Chart of loss']\").curves"
            + ".some(curve => curve.x.at(-1) === 51)");
    browser.go("/runs/" + PageStorage.LIVE + "?tab=log");
    browser.until("document.querySelector('run-log')?.textContent.includes('step 51')");
    storage.append(PageStorage.LIVE, "logs.txt", "told to who is logged in\n");
    browser.until("document.querySelector('run-log').textContent.includes('told to who')");
    browser.go("/runs/" + PageStorage.IMAGES + "?tab=images");
    browser.until(
        "[...document.querySelectorAll('run-images img')].some(it => it.naturalWidth > 0)");
  }

  private static void logsOut(Browser browser) {
    browser.click("button.user");
    browser.find("dialog.login[open]");
    browser.until("!document.querySelector('run-images img')");
  }

  private static void isKnownNoLonger(Browser browser) {
    browser.until(
        "the server has read its file again",
        () -> browser.later("fetch('api/runs').then(it => arguments[0](it.status))").equals(401L));
    browser.click("tr[data-run] a");
    browser.until("document.querySelector('dialog.login')?.textContent.includes('any longer')");
  }

  private static void logIn(Browser browser, Token token) {
    browser.type("dialog.login input", token.secret());
    browser.click("dialog.login button");
  }
}
