package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.server.MetricsJar;

/** Logins by a real provider, with the profile {@code keycloak} alone. */
@Timeout(300)
@EnabledIfSystemProperty(named = "keycloak.home", matches = ".+")
@ExtendWith(Visit.class)
class KeycloakIT {
  private static final String SERVER = "http://127.0.0.1:" + MetricsJar.PORT;

  @Test
  void people_log_in_at_keycloak_see_the_runs_of_their_groups_and_log_out(@TempDir Path folder)
      throws IOException, InterruptedException {
    PageStorage storage = PageStorage.write(folder.resolve("storage"));
    Path rules = folder.resolve("rules");
    Files.writeString(rules, "page/" + PageStorage.LIVE + " = @ml\n");
    try (Keycloak keycloak =
        Keycloak.start(
            Path.of(System.getProperty("keycloak.home", "")),
            SERVER + "/api/session/provider/callback")) {
      Path secret = folder.resolve("secret");
      Files.writeString(secret, Keycloak.SECRET + "\n");
      Map<String, String> settings =
          Map.of(
              "METRICS_STORAGE_ROOT", storage.root().toString(),
              "METRICS_AUTH_OIDC_ISSUER", keycloak.issuer(),
              "METRICS_AUTH_OIDC_CLIENT", Keycloak.CLIENT,
              "METRICS_AUTH_OIDC_SECRET_FILE", secret.toString(),
              "METRICS_AUTH_OIDC_TITLE", "the lab",
              "METRICS_AUTH_RULES", rules.toString());
      try (MetricsJar server =
          MetricsJar.start(
              Files.createDirectory(folder.resolve("tmp")), settings, "--port", MetricsJar.PORT)) {
        var unusedLines = server.linesUntil("Runmetrics is at");
        try (Browser browser =
            Browser.start(SERVER, Files.createDirectory(folder.resolve("profile")))) {
          comesIn(browser, storage);
          logsOut(browser);
        }
        asksAsAProgram(keycloak);
      }
    }
  }

  private static void comesIn(Browser browser, PageStorage storage) {
    String place = "/runs/" + PageStorage.LIVE + "?tab=log";
    browser.go(place);
    assertThat(browser.text("dialog.login[open]")).contains("Log in with the lab");
    assertThat(browser.all("dialog.login input")).as("there are no tokens").isEmpty();
    browser.click("dialog.login button.provider");
    browser.type("#username", "alice");
    browser.type("#password", Keycloak.PASSWORD);
    browser.click("#kc-login");
    browser.until("document.querySelector('run-log')?.textContent.includes('step 50')");
    assertThat(browser.address()).isEqualTo(place);
    storage.append(PageStorage.LIVE, "logs.txt", "told to who is logged in\n");
    browser.until("document.querySelector('run-log').textContent.includes('told to who')");
    browser.go("/");
    browser.until("document.querySelectorAll('tr[data-run]').length === 1");
    assertThat(browser.text("button.user")).startsWith("alice");
    assertThat(browser.text("main")).doesNotContain("sweep");
    storage.train(51);
    browser.until(
        "document.querySelector(\"run-chart[aria-label='Chart of loss']\").curves"
            + ".some(curve => curve.x.at(-1) === 51)");
  }

  private static void logsOut(Browser browser) {
    browser.click("button.user");
    browser.find("dialog.login[open] button.provider");
    assertThat(browser.later("fetch('/api/runs').then(it => arguments[0](it.status))"))
        .isEqualTo(401L);
  }

  private static void asksAsAProgram(Keycloak keycloak) throws IOException, InterruptedException {
    assertThat(runs(keycloak.idToken("alice"))).contains(PageStorage.LIVE);
    assertThat(runs(keycloak.idToken("bob"))).isEqualTo("[]");
  }

  private static String runs(String token) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(SERVER + "/api/runs"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
