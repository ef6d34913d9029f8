package org.runmetrics.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.runmetrics.server.MetricsJar;

/**
 * One server with the sample storage and one browser for all tests of the page, which are passed to
 * tests that ask for them.
 *
 * <p>Without Chromium the tests are skipped.
 */
final class Visit implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Visit.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(
        Browser.isInstalled(),
        "The page is not tested: /usr/bin/chromium and /usr/bin/chromedriver are missing");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class
        || parameter.getParameter().getType() == PageStorage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Opened opened =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent("opened", key -> Opened.open(), Opened.class);
    return parameter.getParameter().getType() == Browser.class
        ? opened.browser()
        : opened.storage();
  }

  private record Opened(MetricsJar server, Browser browser, PageStorage storage)
      implements AutoCloseable {
    static Opened open() {
      try {
        Path folder = Files.createTempDirectory("page-");
        PageStorage storage = PageStorage.write(folder.resolve("storage"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        String port = MetricsJar.port("page.ports");
        MetricsJar server =
            MetricsJar.start(
                temporary,
                Map.of("METRICS_STORAGE_ROOT", storage.root().toString()),
                "--port",
                port);
        var unusedLines = server.linesUntil("Runmetrics is at");
        Browser browser =
            Browser.start(
                "http://127.0.0.1:" + port, Files.createDirectory(folder.resolve("profile")));
        return new Opened(server, browser, storage);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void close() {
      browser.close();
      server.close();
    }
  }
}
