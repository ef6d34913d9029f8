package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Dimension;

/** What charts show, and what can be done with one. */
@Timeout(120)
@ExtendWith(Visit.class)
class ChartIT {
  private static final String SWEEP = "/?m=loss&runs=" + String.join(",", PageStorage.SWEEP);
  private static final String OVER = "run-chart .u-over";
  private static final String CHART = "document.querySelector('run-chart')";

  private final Browser browser;
  private final PageStorage storage;

  ChartIT(Browser browser, PageStorage storage) {
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
  void one_spike_does_not_flatten_the_rest_where_that_is_chosen() {
    browser.visit("/?runs=" + PageStorage.SPIKE);
    browser.untilDrawn();
    assertThat(number("plot.scales.y.max")).isGreaterThan(1e6);
    browser.click("[data-name=clip]");
    browser.until(CHART + ".plot.scales.y.max < 2");
  }

  @Test
  void the_range_of_y_can_be_set_by_hand_and_can_include_zero() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    browser.click("[data-name=zero]");
    browser.until(CHART + ".plot.scales.y.min <= 0");
    menu();
    browser.type("dialog [aria-label='y to']", "0.5");
    browser.press("\n");
    browser.until(CHART + ".plot.scales.y.max === 0.5");
    browser.reload();
    browser.untilDrawn();
    assertThat(number("plot.scales.y.max")).isEqualTo(0.5);
  }

  @Test
  void a_log_scale_says_what_it_leaves_out() {
    browser.visit("/?log=1&runs=" + PageStorage.GAPS);
    browser.untilDrawn();
    browser.until(CHART + ".note.textContent === '49 points ≤ 0 are not on a log scale'");
  }

  @Test
  void a_gap_is_a_gap() {
    browser.visit("/?runs=" + PageStorage.GAPS);
    browser.untilDrawn();
    assertThat(
            browser.script(
                "const {x, y} = "
                    + CHART
                    + ".curves[0];"
                    + "return x.filter((_, i) => y[i] === null).every(step => step > 100 && step <= 200)"
                    + " && y.includes(null)"))
        .isEqualTo(true);
  }

  @Test
  void x_is_the_step_the_time_or_any_metric() {
    browser.visit(SWEEP + "&x=relative");
    browser.untilDrawn();
    assertThat(number("plot.scales.x.min")).isZero();
    browser.visit(SWEEP + "&x=time");
    browser.untilDrawn();
    assertThat(number("plot.scales.x.min")).isGreaterThan(1.7e9);
    browser.visit(SWEEP + "&x=train/accuracy");
    browser.untilDrawn();
    assertThat(number("plot.scales.x.max")).isBetween(0.9, 1.0);
  }

  @Test
  void smoothing_is_off_at_first_and_leaves_the_raw_curve_visible() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    assertThat(browser.script("return " + CHART + ".curves[0].raw === undefined")).isEqualTo(true);
    browser.visit(SWEEP + "&smooth=0.9");
    browser.untilDrawn();
    assertThat(number("curves[0].raw.y.length")).isGreaterThan(100);
  }

  @Test
  void several_metrics_are_on_one_chart() {
    browser.visit("/?runs=" + PageStorage.SWEEP.get(0));
    browser.untilDrawn();
    menu();
    browser.type("dialog [aria-label='Further metrics on this chart']", "val_loss");
    browser.press("\n");
    browser.leaveField();
    browser.until(CHART + ".metrics.join() === 'loss,val_loss'");
    browser.until(CHART + ".curves.length === 2");
  }

  @Test
  void a_chart_has_exceptions_from_what_holds_for_all() {
    browser.visit("/?log=1&runs=" + PageStorage.SWEEP.get(0) + "&c.loss=log:0");
    browser.untilDrawn();
    assertThat(
            browser.script(
                "return [...document.querySelectorAll('run-chart')]"
                    + ".map(it => it.name + ' ' + it.settings.log).join()"))
        .isEqualTo("loss false,val_loss true,train/accuracy true");
  }

  @Test
  void pinned_charts_are_on_top() {
    browser.visit("/?runs=" + PageStorage.SWEEP.get(0) + "&pin=val_loss");
    browser.untilDrawn();
    assertThat(browser.script("return " + CHART + ".name")).isEqualTo("val_loss");
    browser.click("run-chart[aria-label='Chart of loss'] .pin");
    browser.until("location.search.includes('pin=val_loss,loss')");
  }

  @Test
  void the_tooltip_has_the_nearest_first_with_its_own_step_and_is_never_clipped() {
    browser.visit(SWEEP);
    browser.untilDrawn();
    Dimension size = browser.find(OVER).getSize();
    browser.point(OVER, size.width - 3, size.height - 12);
    browser.until("!document.querySelector('#tooltip').hidden");
    assertThat(browser.texts("#tooltip p")).hasSize(4).allMatch(row -> row.contains("step "));
    assertThat(
            browser.script(
                "const box = document.querySelector('#tooltip').getBoundingClientRect();"
                    + "return box.right <= innerWidth && box.bottom <= innerHeight"
                    + " && box.left >= 0 && box.top >= 0"))
        .isEqualTo(true);
  }

  @Test
  void a_click_on_a_curve_picks_its_run() {
    browser.visit("/?m=loss&runs=" + PageStorage.SPIKE);
    browser.untilDrawn();
    long y =
        (Long)
            browser.script(
                "const chart = "
                    + CHART
                    + ";"
                    + "return Math.round(chart.plot.valToPos(chart.curves[0].y[10], 'y'))");
    browser.click(OVER, 40, (int) y);
    browser.until(
        "document.querySelector('tr.cursor')?.dataset.run === '" + PageStorage.SPIKE + "'");
  }

  @Test
  void a_zoom_fetches_all_detail_and_a_double_click_goes_back() {
    browser.visit("/?m=loss&runs=" + PageStorage.SPIKE);
    browser.untilDrawn();
    assertThat(browser.script("return " + CHART + ".curves[0].min !== undefined")).isEqualTo(true);
    browser.drag(OVER, 100, 120, 60);
    browser.until("location.search.includes('c.loss=range:')");
    browser.until(
        "full detail",
        () -> browser.script("return " + CHART + ".curves[0].min === undefined").equals(true));
    double from = number("plot.scales.x.min");
    double to = number("plot.scales.x.max");
    assertThat(number("curves[0].x.length")).isEqualTo(Math.floor(to) - Math.ceil(from) + 1);
    browser.doubleClick(OVER);
    browser.until("!location.search.includes('range')");
    browser.until(CHART + ".plot.scales.x.max > 1900");
  }

  @Test
  void a_zoom_is_of_its_chart_alone_where_it_is_not_linked() {
    browser.visit("/?runs=" + PageStorage.SWEEP.get(0));
    browser.untilDrawn();
    browser.point("run-chart[aria-label='Chart of val_loss'] .u-over", 50, 50);
    browser.until(
        "document.querySelector('#tooltip') && !document.querySelector('#tooltip').hidden");
    browser.drag(OVER, 100, 200, 60);
    browser.until("location.search.includes('range')");
    browser.later("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
    assertThat(
            browser.script(
                "return [...document.querySelectorAll('run-chart')].map(it => it.settings.range !== null).join()"))
        .asString()
        .startsWith("true,false");
    assertThat(
            browser.script(
                "return [...document.querySelectorAll('.u-select')].every(it => it.offsetWidth === 0)"))
        .isEqualTo(true);
  }

  @Test
  void a_zoom_holds_for_all_charts_where_it_is_linked() {
    browser.visit("/?linked=1&runs=" + PageStorage.SWEEP.get(0));
    browser.untilDrawn();
    browser.drag(OVER, 50, 150, 60);
    browser.until(
        "new Set([...document.querySelectorAll('run-chart')].map(it => it.plot.scales.x.max)).size"
            + " === 1 && location.search.includes('range=')");
  }

  @Test
  void a_chart_is_exported_as_picture_and_as_all_its_values() {
    browser.visit("/?m=loss&runs=" + PageStorage.SPIKE);
    browser.untilDrawn();
    browser.script(
        "window.files = []; const make = URL.createObjectURL;"
            + "URL.createObjectURL = it => (it.type && window.files.push(it), make.call(URL, it))");
    for (String button : List.of("SVG", "PNG", "CSV at full resolution")) {
      menu();
      browser.script(
          "[...document.querySelectorAll('dialog button')]"
              + ".find(it => it.textContent === arguments[0]).click()",
          button);
      browser.leaveField();
    }
    browser.until("window.files.some(it => it.type === 'text/csv')");
    browser.until("window.files.some(it => it.type === 'image/png')");
    Object csv =
        browser.later(
            "const done = arguments[0];"
                + "window.files.find(it => it.type === 'text/csv').text().then(done)");
    assertThat(csv.toString().lines())
        .hasSize(2_001)
        .contains(PageStorage.SPIKE + ",loss,1000,1000000");
    Object svg =
        browser.later(
            "const done = arguments[0];"
                + "window.files.find(it => it.type.startsWith('image/svg')).text().then(done)");
    assertThat(svg.toString()).startsWith("<svg").contains("misc/spike").doesNotContain("NaN");
  }

  @Test
  void the_stages_of_a_run_are_shaded_from_their_first_step() {
    browser.visit("/?m=loss&runs=" + PageStorage.SWEEP.get(0));
    browser.untilDrawn();
    // The curve is far below: what is there is the shade of the warm-up, which ends at 500.
    String shade =
        "const {plot} = document.querySelector('run-chart'); const {bbox, ctx} = plot;"
            + "return arguments[0].map(step => {"
            + "  const x = Math.round(plot.valToPos(step, 'x', true));"
            + "  const pixels = ctx.getImageData(x, bbox.top + bbox.height / 5, 1, 8).data;"
            + "  return [0, 1, 2, 3, 4, 5, 6, 7].filter(i => pixels[4 * i + 3] > 0).length > 4;"
            + "}).join()";
    browser.until(
        "the shade",
        () -> browser.script(shade, List.of(450, 490, 510, 1_500)).equals("true,true,false,false"));
    browser.go("/?m=loss&x=relative&runs=" + PageStorage.SWEEP.get(0));
    browser.untilDrawn();
    browser.until(
        "the shade by time",
        () -> browser.script(shade, List.of(450, 490, 510, 1_500)).equals("true,true,false,false"));
    browser.go("/?m=loss&runs=" + PageStorage.SWEEP.get(0) + "," + PageStorage.SWEEP.get(1));
    browser.untilDrawn();
    assertThat(browser.script(shade, List.of(490))).isEqualTo("false");
  }

  @Test
  void rows_appear_as_they_are_logged() {
    browser.visit("/?m=loss&runs=" + PageStorage.LIVE);
    browser.untilDrawn();
    long before = (Long) browser.script("return " + CHART + ".curves[0].x.at(-1)");
    storage.train((int) before + 1);
    browser.until(CHART + ".curves[0].x.at(-1) === " + (before + 1));
    storage.train((int) before + 2);
    browser.until(CHART + ".curves[0].x.at(-1) === " + (before + 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "time"})
  void rows_appear_on_clocks_too(String axis) {
    browser.visit("/?m=loss&x=" + axis + "&runs=" + PageStorage.LIVE);
    browser.untilDrawn();
    Object before = browser.script("return " + CHART + ".curves[0].total");
    storage.train(nextStep());
    browser.until(CHART + ".curves[0].total > " + before);
  }

  @Test
  void a_metric_that_is_first_logged_late_gets_a_chart() {
    browser.visit("/?runs=" + PageStorage.LIVE);
    browser.untilDrawn();
    int step = nextStep();
    storage.train(step);
    browser.until(CHART + ".curves[0].x.at(-1) === " + step);
    storage.train(step + 1, "late/metric");
    browser.until(
        "[...document.querySelectorAll('run-chart')].some(it => it.name === 'late/metric' && it.isDrawn)");
  }

  /** Other tests train the same run. */
  private int nextStep() {
    Object last =
        browser.later(
            "const done = arguments[0];"
                + "fetch('/api/runs/"
                + PageStorage.LIVE
                + "/metrics_step', {method: 'HEAD'})"
                + ".then(it => done(Number(it.headers.get('X-Last-Step'))))");
    return ((Number) last).intValue() + 1;
  }

  private void menu() {
    browser.script(CHART + ".querySelector('.more').click()");
    browser.find("dialog.menu[open]");
  }

  private double number(String of) {
    return ((Number) browser.script("return " + CHART + "." + of)).doubleValue();
  }
}
