package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run's own place: its log, its images and what is known of it. */
@Timeout(120)
@ExtendWith(Visit.class)
class RunPlaceIT {
  private final Browser browser;
  private final PageStorage storage;

  RunPlaceIT(Browser browser, PageStorage storage) {
    this.browser = browser;
    this.storage = storage;
  }

  @BeforeEach
  void begin() {
    browser.forgetComplaints();
  }

  @AfterEach
  void nothing_failed_and_nothing_was_against_the_policy() {
    browser.assertNoComplaints();
  }

  @Test
  void a_run_has_a_place_of_its_own_that_can_be_reloaded() {
    browser.visit("/");
    browser.untilDrawn();
    browser.click("tr[data-run=\"" + PageStorage.LIVE + "\"] a");
    browser.until("location.pathname === '/runs/" + PageStorage.LIVE + "'");
    browser.untilDrawn();
    browser.reload();
    browser.untilDrawn();
    assertThat(browser.text("run-place strong")).startsWith("live/now");
    browser.back();
    browser.find("run-table");
  }

  @Test
  void a_place_that_is_left_before_it_is_there_does_not_come_back() {
    browser.visit("/?runs=none");
    browser.find("tr[data-run]");
    browser.script(
        "for (const place of ['/runs/"
            + PageStorage.LIVE
            + "', '/?runs=none']) {"
            + "  history.pushState(null, '', place); dispatchEvent(new PopStateEvent('popstate'));"
            + "}");
    browser.until(
        "performance.getEntriesByType('resource').some(it => it.name.endsWith('/run/run.js'))");
    browser.later("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
    assertThat(browser.all("run-place")).isEmpty();
    assertThat(browser.all("run-table")).hasSize(1);
  }

  @Test
  void says_how_many_lines_are_damaged_and_which() {
    browser.visit("/runs/" + PageStorage.GAPS);
    browser.click("run-place button.damaged");
    browser.until(
        "document.querySelector('run-about .damage')?.textContent.includes('not an event')");
    assertThat(browser.text("run-place button.damaged")).isEqualTo("1 line skipped");
  }

  @Test
  void its_log_grows_as_it_is_written() {
    browser.visit("/runs/" + PageStorage.LIVE + "?tab=log");
    browser.until("document.querySelector('run-log')?.textContent.includes('step 50')");
    storage.append(PageStorage.LIVE, "logs.txt", "a line that was just written\n");
    browser.until("document.querySelector('run-log').textContent.includes('just written')");
  }

  @Test
  void colours_of_the_log_are_colours_and_its_text_is_text() {
    browser.visit("/runs/" + PageStorage.HOSTILE + "?tab=log");
    browser.until("document.querySelector('run-log')?.textContent.includes('red')");
    assertThat(browser.text("run-log"))
        .contains("<img src=x onerror=window.hacked=1>")
        .doesNotContain("[31m");
    assertThat(browser.script("return window.hacked === undefined")).isEqualTo(true);
  }

  @Test
  void images_follow_one_slider() {
    browser.visit("/runs/" + PageStorage.IMAGES + "?tab=images");
    browser.until("document.querySelectorAll('run-images img').length === 2");
    assertThat(browser.texts("run-images h3")).containsExactly("sample", "mask");
    assertThat(browser.texts("run-images figcaption")).allMatch(text -> text.contains("step 300"));
    browser.script(
        "const slider = document.querySelector('run-images input');"
            + "slider.value = 0; slider.dispatchEvent(new Event('input'))");
    browser.until("location.search.includes('step=100')");
    browser.until(
        "captions", () -> browser.texts("run-images figcaption").get(0).contains("step 100"));
    assertThat(browser.texts("run-images figcaption"))
        .anyMatch(text -> text.contains("<b>sample</b>"));
    browser.until(
        "[...document.querySelectorAll('run-images img')].every(it => it.naturalWidth > 0)");
  }

  @Test
  void about_tells_parameters_damage_and_lines_to_copy() {
    browser.visit("/runs/" + PageStorage.GAPS + "?tab=about");
    browser.until("document.querySelector('run-about .damage')");
    assertThat(browser.text("run-about .damage"))
        .contains("1 skipped line")
        .contains("not an event");
    assertThat(browser.texts("run-about [data-line]")).hasSize(5);
    assertThat(browser.text("run-about [data-line=curl]"))
        .contains("/api/runs/" + PageStorage.GAPS + "/metrics_step?format=csv");
    browser.go("/runs/" + PageStorage.SWEEP.get(0) + "?tab=about");
    browser.until("document.querySelector('run-about')?.textContent.includes('model.width')");
  }

  @Test
  void a_run_that_is_not_there_is_said_to_be_so() {
    browser.visit("/runs/" + Browser.UNKNOWN_RUN);
    browser.until(
        "document.querySelector('[role=alert].empty')?.textContent.includes('Run not found')");
  }
}
