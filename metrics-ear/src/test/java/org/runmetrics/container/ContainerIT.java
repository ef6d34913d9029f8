package org.runmetrics.container;

import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.runmetrics.page.ServedPageTests;

/**
 * The WAR or the EAR as it is shipped, on a real server.
 *
 * <p>One class, as Arquillian deploys for each class and some servers start anew for that; its
 * tests are in interfaces by subject.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainerIT
    implements EndpointTests,
        AnswerTests,
        AccessTests,
        ErrorTests,
        LogSocketTests,
        StreamTests,
        LimitTests,
        ServedPageTests,
        StopTests {
  private static final AtomicInteger TESTS = new AtomicInteger();

  private final String address = "2001:db8::%x".formatted(TESTS.incrementAndGet());

  @ArquillianResource private URL base;

  @Deployment(testable = false)
  static Archive<?> archive() {
    File file = Path.of(System.getProperty("metrics.archive", "")).toFile();
    return file.getName().endsWith(".ear")
        ? ShrinkWrap.createFromZipFile(EnterpriseArchive.class, file)
        : ShrinkWrap.createFromZipFile(WebArchive.class, file);
  }

  @Override
  public URL base() {
    return base;
  }

  @Override
  public String address() {
    return address;
  }
}
