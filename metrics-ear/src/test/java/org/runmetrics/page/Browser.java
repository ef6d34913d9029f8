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
import java.util.function.Supplier;
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

  /** Waits until a condition holds. */
  void until(String what, Supplier<Boolean> holds) {
    waiting(what)
        .until(
            it -> {
              try {
                return holds.get();
              } catch (StaleElementReferenceException | IndexOutOfBoundsException drawnAnew) {
                return false;
              }
            });
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
    return Objects.requireNonNullElse(find(selector).getAttribute(name), "");
  }

  List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
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
    WebElement found = find(selector);
    script("arguments[0].scrollIntoView({block: 'nearest'})", found);
    new Actions(driver).moveToElement(found).click().perform();
  }

  void type(String selector, String text) {
    find(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  void press(CharSequence keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void leaveField() {
    press(Keys.ESCAPE);
  }

  /** Points at a place in an element, in pixels from its left upper corner. */
  void point(WebElement element, int x, int y) {
    script("arguments[0].scrollIntoView({block: 'nearest'})", element);
    new Actions(driver)
        .moveToElement(element, offset(element, x, true), offset(element, y, false))
        .perform();
  }

  void click(WebElement element, int x, int y) {
    point(element, x, y);
    new Actions(driver).click().perform();
  }

  void doubleClick(WebElement element) {
    new Actions(driver).doubleClick(element).perform();
  }

  /** Drags from one place of an element to another on the same height. */
  void drag(WebElement element, int from, int to, int y) {
    new Actions(driver)
        .moveToElement(element, offset(element, from, true), offset(element, y, false))
        .clickAndHold()
        .moveByOffset((to - from) / 2, 0)
        .moveByOffset(to - from - (to - from) / 2, 0)
        .release()
        .perform();
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
