package org.runmetrics.page;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium without a window, and what the tests do with it. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** The longest that anything may take to appear, on a machine that does other things as well. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A run that is not there: that it is answered 404 is no fault of the page. */
  static final String UNKNOWN_RUN = "no-such-run";

  private final ChromeDriver driver;
  private final String base;

  private Browser(ChromeDriver driver, String base) {
    this.driver = driver;
    this.base = base;
  }

  static boolean isInstalled() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
  }

  /**
   * Starts a browser that remembers nothing.
   *
   * @param base the address of the server
   * @param profile an empty folder
   */
  static Browser start(String base, Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile,
        "--window-size=1440,900");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", profile.resolve("downloads").toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    Browser browser = new Browser(new ChromeDriver(service, options), base);
    browser.size(1440, 900);
    return browser;
  }

  /** Goes to an address below the server's, as a new visitor that remembers nothing. */
  void visit(String path) {
    driver.get(base + "/api/health");
    script("localStorage.clear()");
    go(path);
  }

  /** Goes to an address below the server's. */
  void go(String path) {
    driver.get(base + path);
  }

  /** Goes to a page of another server. */
  void leaveFor(String url) {
    driver.get(url);
  }

  /** Returns the address of the server. */
  String server() {
    return base;
  }

  void reload() {
    driver.navigate().refresh();
  }

  void back() {
    driver.navigate().back();
  }

  /** Returns the address without the server's. */
  String address() {
    return driver.getCurrentUrl().substring(base.length());
  }

  /** Runs a script in the page and returns what it returns, an empty text for nothing. */
  Object script(String text, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(text, arguments), "");
  }

  /** Runs a script that calls its last argument when it is done. */
  Object later(String text) {
    return Objects.requireNonNullElse(driver.executeAsyncScript(text), "");
  }

  /** Waits until a script returns something true. */
  void until(String script) {
    waiting("until " + script)
        .until(it -> Boolean.TRUE.equals(script("return !!(" + script + ")")));
  }

  /** Waits until a condition holds, and tries again if the page is drawn anew under it. */
  void until(String what, Supplier<Boolean> holds) {
    waiting(what)
        .ignoreAll(List.of(StaleElementReferenceException.class, IndexOutOfBoundsException.class))
        .until(it -> holds.get());
  }

  /** Waits for an element. */
  WebElement find(String selector) {
    return waiting("for " + selector)
        .until(
            it -> driver.findElements(By.cssSelector(selector)).stream().findFirst().orElse(null));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Waits for an element and returns an attribute of it, an empty text if it has none. */
  String attribute(String selector, String name) {
    return use(selector, it -> Objects.requireNonNullElse(it.getAttribute(name), ""));
  }

  /** Waits for an element and returns what it says. */
  String text(String selector) {
    return use(selector, WebElement::getText);
  }

  /** Returns what all elements say that are there, which may be none. */
  List<String> texts(String selector) {
    return allOf(selector, WebElement::getText);
  }

  /** Returns an attribute of all elements that are there, which may be none. */
  List<String> attributes(String selector, String name) {
    return allOf(selector, it -> Objects.requireNonNullElse(it.getAttribute(name), ""));
  }

  /** Waits until all charts in view have drawn all that they have. */
  void untilDrawn() {
    until(
        "all charts in view are drawn",
        () ->
            script(
                    "const charts = [...document.querySelectorAll('run-chart')]"
                        + ".filter(it => it.seen);"
                        + "return charts.length > 0 && charts.every(it => it.isDrawn)")
                .equals(true));
  }

  void click(String selector) {
    act(selector, Actions::click);
  }

  /** Presses the button of the mouse on an element, and holds it. */
  void hold(String selector) {
    act(selector, Actions::clickAndHold);
  }

  /** Lets the button of the mouse go where it is. */
  void release() {
    new Actions(driver).release().perform();
  }

  /** Points at an element. */
  void point(String selector) {
    act(selector, actions -> actions);
  }

  /** Clicks the first of some elements that says what begins with a text. */
  void clickText(String selector, String text) {
    until(
        selector + " that says " + text,
        () ->
            all(selector).stream()
                .filter(it -> it.getText().startsWith(text))
                .findFirst()
                .map(
                    it -> {
                      it.click();
                      return true;
                    })
                .orElse(false));
  }

  void type(String selector, String text) {
    var unused =
        use(
            selector,
            found -> {
              found.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
              return found;
            });
  }

  void press(CharSequence keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void leaveField() {
    press(Keys.ESCAPE);
  }

  /** Points at a place in an element, in pixels from its left upper corner. */
  void point(String selector, int x, int y) {
    actAt(selector, x, y, actions -> actions);
  }

  void click(String selector, int x, int y) {
    actAt(selector, x, y, Actions::click);
  }

  void doubleClick(String selector) {
    act(selector, Actions::doubleClick);
  }

  /** Drags from one place of an element to another on the same height. */
  void drag(String selector, int from, int to, int y) {
    actAt(
        selector,
        from,
        y,
        actions ->
            actions
                .clickAndHold()
                .moveByOffset((to - from) / 2, 0)
                .moveByOffset(to - from - (to - from) / 2, 0)
                .release());
  }

  void size(int width, int height) {
    var unused =
        driver.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void theme(String scheme) {
    var unused =
        driver.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void screenshot(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of(System.getProperty("screenshots", "")));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Forgets what the page has complained of so far. */
  void forgetComplaints() {
    var unused = driver.manage().logs().get(LogType.BROWSER);
  }

  /** Returns which scripts failed and what was against a policy, and forgets it. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains(UNKNOWN_RUN))
        .toList();
  }

  /** Checks that no script failed and that nothing was against the page's policy. */
  void assertNoComplaints() {
    assertThat(complaints()).isEmpty();
  }

  @Override
  public void close() {
    driver.quit();
  }

  /** Moves to the middle of an element that is in view, and does the rest in the same stroke. */
  private void act(String selector, UnaryOperator<Actions> then) {
    act(selector, Actions::moveToElement, then);
  }

  private void actAt(String selector, int x, int y, UnaryOperator<Actions> then) {
    act(
        selector,
        (actions, found) ->
            actions.moveToElement(found, offset(found, x, true), offset(found, y, false)),
        then);
  }

  private void act(
      String selector, BiFunction<Actions, WebElement, Actions> move, UnaryOperator<Actions> then) {
    var unused =
        use(
            selector,
            found -> {
              script("arguments[0].scrollIntoView({block: 'nearest'})", found);
              then.apply(move.apply(new Actions(driver), found)).perform();
              return found;
            });
  }

  /** Waits for an element and uses it, once more if the page is drawn anew under it. */
  private <T> T use(String selector, Function<WebElement, T> use) {
    return waiting("to use " + selector)
        .ignoring(StaleElementReferenceException.class)
        .until(it -> use.apply(find(selector)));
  }

  private <T> List<T> allOf(String selector, Function<WebElement, T> use) {
    return waiting("to use all " + selector)
        .ignoring(StaleElementReferenceException.class)
        .until(it -> all(selector).stream().map(use).toList());
  }

  /** Actions count from an element's middle. */
  private static int offset(WebElement element, int pixels, boolean across) {
    int size = across ? element.getSize().width : element.getSize().height;
    return pixels - size / 2;
  }

  /** Returns what the page's bar says, an empty text if it is hidden. */
  private String complaint() {
    return driver.findElements(By.cssSelector(".gone:not([hidden])")).stream()
        .map(WebElement::getText)
        .collect(joining());
  }

  private WebDriverWait waiting(String what) {
    WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
    wait.withMessage(() -> what + ", and the page says: " + complaint());
    wait.pollingEvery(Duration.ofMillis(50));
    return wait;
  }
}
