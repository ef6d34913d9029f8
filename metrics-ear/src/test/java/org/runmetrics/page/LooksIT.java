package org.runmetrics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be told of the page's looks: who can use it, how it fits, and pictures to look at. */
@Timeout(180)
@ExtendWith(Visit.class)
class LooksIT {
  /** What is looked at, and by what it is known that it is there. */
  private static final List<Place> PLACES =
      List.of(
          new Place(
              "workspace",
              "/?runs=" + String.join(",", PageStorage.SWEEP),
              "document.querySelector('run-chart')?.isDrawn"),
          new Place(
              "run", "/runs/" + PageStorage.SPIKE, "document.querySelector('run-chart')?.isDrawn"),
          new Place(
              "log",
              "/runs/" + PageStorage.LIVE + "?tab=log",
              "document.querySelector('run-log')?.textContent.includes('step 50')"),
          new Place(
              "images",
              "/runs/" + PageStorage.IMAGES + "?tab=images",
              "document.querySelector('run-images img')?.complete"),
          new Place(
              "about",
              "/runs/" + PageStorage.GAPS + "?tab=about",
              "document.querySelector('run-about pre')"));

  private final Browser browser;

  LooksIT(Browser browser) {
    this.browser = browser;
  }

  @Test
  void nobody_is_kept_out() throws IOException {
    String axe;
    try (InputStream script = LooksIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String scheme : List.of("light", "dark")) {
      browser.theme(scheme);
      for (Place place : PLACES) {
        look(place);
        browser.script(axe);
        Object found =
            browser.later(
                "const done = arguments[0];"
                    + "axe.run().then(result => done(result.violations"
                    + ".filter(it => it.impact === 'serious' || it.impact === 'critical')"
                    + ".map(it => it.id + ': ' + it.nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | '))"
                    + ".join('\\n')))");
        assertThat(found).as(place.name() + " " + scheme).isEqualTo("");
      }
    }
    browser.theme("light");
  }

  @Test
  void a_phone_shows_all_of_it_without_scrolling_to_the_side() {
    browser.size(390, 844);
    for (Place place : PLACES) {
      look(place);
      assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
          .as(place.name())
          .isEqualTo(true);
    }
    browser.size(1440, 900);
  }

  @Test
  void it_is_light() {
    browser.visit("/?runs=" + String.join(",", PageStorage.SWEEP));
    browser.untilDrawn();
    Object files =
        browser.script(
            "return performance.getEntriesByType('resource').filter(it => it.name.includes('/page/')).length");
    Object bytes =
        browser.script(
            "return performance.getEntriesByType('resource').filter(it => it.name.includes('/page/'))"
                + ".reduce((sum, it) => sum + it.encodedBodySize, 0)");
    // The document is a file too.
    assertThat((Long) files + 1).isLessThanOrEqualTo(25);
    assertThat((Long) bytes).isLessThanOrEqualTo(120_000);
    assertThat(
            browser.script(
                "return performance.getEntriesByType('resource')"
                    + ".every(it => it.name.startsWith(location.origin))"))
        .isEqualTo(true);
  }

  @Test
  void pictures_of_all_places_are_kept() throws IOException {
    for (String scheme : List.of("light", "dark")) {
      browser.theme(scheme);
      for (int width : List.of(1440, 390)) {
        browser.size(width, width == 390 ? 844 : 900);
        for (Place place : PLACES) {
          look(place);
          browser.screenshot(place.name() + "-" + scheme + "-" + width);
        }
      }
    }
    browser.size(1440, 900);
    browser.theme("light");
  }

  private void look(Place place) {
    browser.visit(place.address());
    browser.until(place.shown());
  }

  private record Place(String name, String address, String shown) {}
}
