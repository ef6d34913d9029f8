package org.runmetrics.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

class ExhaustedTest {
  /** Fails as a call does for which there is no memory or no thread. */
  @Path("exhausted")
  public static class Exhausted {
    @GET
    public String get() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }

  @Test
  void a_client_of_a_server_without_memory_or_threads_is_told_to_come_again()
      throws ExecutionException, InterruptedException {
    ApplicationHandler application =
        new ApplicationHandler(new ResourceConfig(Exhausted.class, ProblemMapper.class));
    URI base = URI.create("http://localhost/");

    ContainerResponse answer =
        application
            .apply(
                new ContainerRequest(
                    base,
                    base.resolve("exhausted"),
                    "GET",
                    null,
                    new MapPropertiesDelegate(),
                    application.getConfiguration()))
            .get();

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
    assertThat(answer.getEntity().toString())
        .contains("The server is out of threads, try again later");
  }
}
