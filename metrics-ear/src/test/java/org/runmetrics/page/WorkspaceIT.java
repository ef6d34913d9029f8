package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The table of runs, and what is chosen for all charts. */
@Timeout(120)
@ExtendWith(Visit.class)
class WorkspaceIT {
  private static final String SWEEP = "/?runs=" + String.join(",", PageStorage.SWEEP);

  private final Browser browser;
  private final PageStorage storage;

  WorkspaceIT(Browser browser, PageStorage storage) {
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
  void opens_the_runs_that_train_and_the_newest_at_first() {
    browser.visit("/");
    browser.untilDrawn();
    assertThat(open()).contains(PageStorage.LIVE, PageStorage.SPIKE).hasSize(6);
  }

  @Test
  void a_view_survives_a_reload_and_the_back_button_takes_one_choice_back() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    browser.click("[data-name=log]");
    browser.until("new URLSearchParams(location.search).get('log') === '1'");
    browser.click("[data-name=zero]");
    browser.type("[data-name=q]", "sweep");
    browser.until("location.search.includes('q=sweep')");
    browser.leaveField();
    String address = browser.address();
    browser.reload();
    browser.untilDrawn();
    assertThat(browser.address()).isEqualTo(address);
    assertThat(open()).containsExactlyElementsOf(PageStorage.SWEEP);
    assertThat(browser.find("[data-name=log]").isSelected()).isTrue();
    assertThat(browser.attribute("[data-name=q]", "value")).isEqualTo("sweep");
    browser.back();
    browser.until("!new URLSearchParams(location.search).has('zero')");
    assertThat(browser.find("[data-name=log]").isSelected()).isTrue();
  }

  @Test
  void parameters_that_differ_are_columns_and_those_that_do_not_are_none() {
    browser.visit(SWEEP + "&q=sweep");
    browser.untilDrawn();
    assertThat(heads()).contains("lr", "model.width").doesNotContain("model.depth", "same");
    browser.visit(SWEEP + "&q=lr=0.1");
    browser.until("columns", () -> !heads().isEmpty() && !heads().contains("lr"));
  }

  @Test
  void the_best_value_is_a_column_to_sort_and_to_filter_by() {
    browser.visit("/");
    browser.untilDrawn();
    clickHead("best");
    browser.until("best first", () -> rows().get(0).equals(PageStorage.SWEEP.get(3)));
    clickHead("best");
    browser.until("best last", () -> rows().get(0).equals(PageStorage.SWEEP.get(0)));
    browser.type("[data-name=q]", "best>0.93");
    browser.until("the better half", () -> rows().equals(PageStorage.SWEEP.subList(2, 4)));
  }

  @Test
  void runs_are_filtered_by_words_by_expressions_and_by_status() {
    browser.visit("/");
    browser.untilDrawn();
    for (Map.Entry<String, String> filter :
        Map.of(
                "misc spike", PageStorage.SPIKE,
                "re:/^misc\\/(sp|zz)/", PageStorage.SPIKE,
                "status:running", PageStorage.LIVE,
                "misc -spike -gaps -images -broken", PageStorage.EMPTY,
                "lr=0.5", PageStorage.LIVE)
            .entrySet()) {
      browser.type("[data-name=q]", filter.getKey().replace("^misc\\/", "misc\\/"));
      browser.until(filter.getKey(), () -> rows().equals(List.of(filter.getValue())));
    }
    browser.type("[data-name=q]", "re:/(/");
    browser.until("document.querySelector('[data-name=q]').hasAttribute('aria-invalid')");
  }

  @Test
  void metrics_are_filtered_as_runs_are() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    browser.type("[data-name=m]", "re:/^val/");
    browser.until("only val_loss", () -> charts().equals(List.of("val_loss")));
  }

  @Test
  void a_group_is_a_mean_with_a_band_and_its_members_are_faint() {
    browser.visit(SWEEP + "&group=model.width");
    browser.untilDrawn();
    assertThat(
            browser.script(
                "return document.querySelector('run-chart').curves"
                    + ".filter(it => !it.member).map(it => it.name).toSorted().join()"))
        .isEqualTo("model.width=256 (2),model.width=512 (2)");
    assertThat(
            browser.script(
                "const c = document.querySelector('run-chart').curves.find(it => it.members);"
                    + "return c.x.every((_, i) => c.min[i] <= c.y[i] && c.y[i] <= c.max[i])"))
        .isEqualTo(true);
    assertThat(browser.texts("tr.group")).anyMatch(text -> text.contains("model.width=256"));
    browser.click("[data-name=band]");
    browser.script(
        "const band = document.querySelector('[data-name=band]');"
            + "band.value = 'deviation'; band.dispatchEvent(new Event('change'))");
    browser.until("location.search.includes('band=deviation')");
  }

  @Test
  void a_colour_stays_with_a_run_and_can_be_chosen() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    Object first = colours();
    browser.go("/?runs=" + PageStorage.SPIKE + "," + PageStorage.SWEEP.get(0));
    browser.untilDrawn();
    assertThat(colourOf(PageStorage.SWEEP.get(0)))
        .isEqualTo(((Map<?, ?>) first).get(PageStorage.SWEEP.get(0)));
    browser.script(
        "document.querySelector('tr[data-run=\"%s\"] .swatch').click()"
            .formatted(PageStorage.SPIKE));
    browser.click("dialog .swatch:nth-child(12)");
    browser.until("document.querySelector('dialog') === null");
    Object chosen = colourOf(PageStorage.SPIKE);
    browser.reload();
    browser.untilDrawn();
    assertThat(colourOf(PageStorage.SPIKE)).isEqualTo(chosen).isEqualTo("#6b7280");
  }

  @Test
  void hiding_a_run_holds_in_this_browser() {
    browser.visit("/?q=misc");
    browser.until("rows", () -> rows().contains(PageStorage.SPIKE));
    browser.script(
        "document.querySelector('tr[data-run=\"%s\"] .swatch').click()"
            .formatted(PageStorage.SPIKE));
    browser.clickText("dialog button", "Hide");
    browser.until("hidden", () -> !rows().contains(PageStorage.SPIKE));
    browser.reload();
    browser.until("rows", () -> rows().contains(PageStorage.GAPS));
    assertThat(rows()).doesNotContain(PageStorage.SPIKE);
  }

  @Test
  void a_baseline_shows_differences() {
    browser.visit(
        "/?q=sweep&base="
            + PageStorage.SWEEP.get(0)
            + "&runs="
            + String.join(",", PageStorage.SWEEP));
    browser.untilDrawn();
    assertThat(browser.attribute("tr.base", "data-run")).isEqualTo(PageStorage.SWEEP.get(0));
    assertThat(browser.text(row(PageStorage.SWEEP.get(3)))).contains("+0.06");
  }

  @Test
  void a_run_that_is_pointed_at_stands_out_everywhere() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    browser.point(row(PageStorage.SWEEP.get(1)) + " a");
    browser.until(
        "document.querySelector('tr.lit')?.dataset.run === '" + PageStorage.SWEEP.get(1) + "'");
  }

  @Test
  void everything_can_be_done_by_keys() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    browser.press("j");
    String first = browser.attribute("tr.cursor", "data-run");
    browser.press("j");
    browser.until("the second", () -> !browser.attribute("tr.cursor", "data-run").equals(first));
    browser.press("k");
    browser.until("the first", () -> browser.attribute("tr.cursor", "data-run").equals(first));
    browser.press("x");
    browser.until("its eye opens", () -> open().contains(first));
    browser.press("x");
    browser.until("its eye closes", () -> !open().contains(first));
    browser.press("b");
    browser.until("location.search.includes('base=" + first + "')");
    browser.press("n");
    browser.until("document.activeElement.tagName === 'RUN-CHART'");
    browser.press("p");
    browser.until("location.search.includes('pin=')");
    browser.press("l");
    browser.until("location.search.includes('log=1')");
    browser.press("?");
    browser.until("document.querySelector('dialog.help[open]')");
    browser.leaveField();
    browser.until("!document.querySelector('dialog')");
    browser.press("/");
    browser.until("document.activeElement.dataset.name === 'q'");
    browser.leaveField();
    browser.press("o");
    browser.until("location.pathname === '/runs/" + first + "'");
    browser.press("w");
    browser.until("location.pathname === '/'");
  }

  @Test
  void the_focus_stays_on_what_was_used() {
    browser.visit("/?runs=none");
    String eye = "tr[data-run='" + PageStorage.GAPS + "'] input";
    browser.find(eye);
    browser.script("document.querySelector(\"" + eye + "\").focus()");
    browser.press(Keys.SPACE);
    browser.until("location.search.includes('" + PageStorage.GAPS + "')");
    browser.until("document.querySelector(\"" + eye + "\").checked");
    assertThat(browser.script("return document.activeElement.matches(\"" + eye + "\")"))
        .isEqualTo(true);
    browser.press(Keys.SPACE);
    browser.until("!document.querySelector(\"" + eye + "\").checked");
    browser.script("document.querySelector('run-table th button').focus()");
    browser.press(Keys.ENTER);
    browser.until("location.search.includes('sort=')");
    browser.press(Keys.ENTER);
    browser.until("document.querySelector('th[aria-sort=ascending]')");
  }

  @Test
  void a_run_that_cannot_be_read_is_named_beside_the_others() {
    browser.visit("/?runs=" + PageStorage.BROKEN + "," + PageStorage.GAPS);
    browser.untilDrawn();
    browser.until(
        "document.querySelector('run-charts .damaged')?.textContent.includes('misc/broken')");
    browser.click("run-charts .damaged a");
    browser.until("document.querySelector('run-about .damage')?.textContent.includes('no event')");
  }

  @Test
  void a_run_that_begins_is_there_with_its_parameters_and_goes_with_its_folder()
      throws IOException {
    String begun = "20260103_110000_ccccc2";
    browser.visit("/");
    browser.untilDrawn();
    List<String> open = open();
    storage.begin(begun);
    String row = "tr[data-run='" + begun + "']";
    browser.until("the run", () -> browser.text(row).contains("0.25"));
    browser.until("it is open", () -> open().contains(begun));
    assertThat(open()).containsAll(open);
    storage.remove(begun);
    browser.until("!document.querySelector(\"" + row + "\")");
    // It may be asked for once more before the page hears that it is gone.
    browser.forgetComplaints();
  }

  @Test
  void a_click_is_not_lost_when_the_table_is_renewed_before_the_button_goes_up()
      throws IOException {
    String begun = "20260103_110000_ccccc3";
    browser.visit("/?runs=none&sort=name");
    browser.hold(row(PageStorage.LIVE) + " a");
    storage.begin(begun);
    browser.find(row(begun));
    storage.remove(begun);
    browser.until("!document.querySelector('" + row(begun) + "')");
    browser.release();
    browser.until("location.pathname === '/runs/" + PageStorage.LIVE + "'");
  }

  @Test
  void a_long_name_is_cut_in_the_middle_and_whole_when_it_is_pointed_at() {
    browser.visit("/?runs=" + PageStorage.HOSTILE + "&m=that-ends-here");
    browser.untilDrawn();
    assertThat(browser.text("run-chart h3"))
        .hasSizeLessThan(80)
        .startsWith("train/a-very")
        .contains("…")
        .endsWith("that-ends-here");
    assertThat(browser.attribute("run-chart h3", "title")).isEqualTo(PageStorage.LONG_NAME);
  }

  @Test
  void text_of_runs_is_never_markup() {
    browser.visit("/?runs=" + PageStorage.HOSTILE);
    browser.untilDrawn();
    assertThat(charts()).containsAll(PageStorage.HOSTILE_NAMES);
    assertThat(browser.script("return window.hacked ?? 0")).isEqualTo(0L);
    assertThat(browser.all("main img, main script, main i:not(.swatch)")).isEmpty();
    assertThat(browser.script("return Object.prototype.x ?? 'clean'")).isEqualTo("clean");
    for (String tab : List.of("about", "log", "images")) {
      browser.go("/runs/" + PageStorage.HOSTILE + "?tab=" + tab);
      browser.find("run-" + tab);
      browser.until("document.querySelector('run-" + tab + "').textContent.length > 20");
      assertThat(browser.script("return window.hacked ?? 0")).isEqualTo(0L);
      assertThat(browser.all("main img, main script")).isEmpty();
    }
  }

  @Test
  void says_what_to_do_where_there_is_nothing() {
    browser.visit("/?runs=none");
    browser.until(
        "document.querySelector('run-charts .empty')?.textContent.includes('Open the eye')");
    browser.go("/?runs=" + PageStorage.EMPTY);
    browser.until(
        "document.querySelector('run-charts .empty')?.textContent.includes('Nothing has been logged')");
    browser.go("/?q=no-such-run");
    browser.until("document.querySelector('run-table').textContent.includes('No run matches')");
  }

  private List<String> open() {
    return browser.attributes("tr.open", "data-run").stream().sorted().toList();
  }

  private List<String> rows() {
    return browser.attributes("tr[data-run]", "data-run");
  }

  private List<String> heads() {
    return browser.texts("run-table th button");
  }

  private List<String> charts() {
    return ((List<?>)
            browser.script("return [...document.querySelectorAll('run-chart')].map(it => it.name)"))
        .stream().map(String.class::cast).toList();
  }

  private void clickHead(String title) {
    browser.clickText("run-table th button", title);
  }

  private Object colours() {
    return browser.script(
        "return Object.fromEntries(document.querySelector('run-chart').curves"
            + ".map(it => [it.run, it.colour]))");
  }

  private Object colourOf(String run) {
    return browser.script(
        "return document.querySelector('run-chart').curves.find(it => it.run === arguments[0]).colour",
        run);
  }

  private static String row(String run) {
    return "tr[data-run=\"" + run + "\"]";
  }
}
