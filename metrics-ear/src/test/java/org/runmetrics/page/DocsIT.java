package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The description of the API as people see it: Swagger UI at {@code /api/docs}. */
@Timeout(180)
@ExtendWith(Visit.class)
class DocsIT {
  private final Browser browser;

  DocsIT(Browser browser) {
    this.browser = browser;
  }

  @Test
  void all_calls_are_shown_and_no_other_host_is_asked() {
    browser.visit("/api/health");
    Object described =
        browser.later(
            "const done = arguments[0];"
                + "fetch('/api/openapi.json').then(answer => answer.json())"
                + ".then(api => done(Object.values(api.paths).flatMap(path =>"
                + " Object.keys(path).filter(key => /^(get|post|delete)$/.test(key))).length))");
    browser.forgetComplaints();

    browser.go("/api/docs");

    browser.until("document.querySelectorAll('.opblock').length === " + described);
    assertThat(browser.texts(".opblock-summary-path")).contains("/api/v2/series");
    assertThat(
            browser.script(
                "return performance.getEntriesByType('resource')"
                    + ".every(it => it.name.startsWith(location.origin))"))
        .isEqualTo(true);
    browser.assertNoComplaints();
  }

  @Test
  void a_call_can_be_tried_out() {
    browser.visit("/api/docs#/operation/get_liveness");
    browser.find("#operations-operation-get_liveness .opblock-body");

    browser.click("#operations-operation-get_liveness .execute");

    browser.until(
        "document.querySelector('#operations-operation-get_liveness .live-responses-table')"
            + "?.textContent.includes('\"up\"')");
    // Swagger UI tells itself that its links to names like these are to change.
    assertThat(browser.complaints()).allMatch(it -> it.contains("escaping deep link"));
  }
}
