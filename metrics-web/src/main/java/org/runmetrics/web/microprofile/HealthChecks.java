package org.runmetrics.web.microprofile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What the server's own {@code /health} says of this application: the same as ours. */
@ApplicationScoped
public class HealthChecks {
  private static final String NAME = "runmetrics";

  /** An application that can be asked is alive. */
  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck live() {
    return () -> HealthCheckResponse.up(NAME);
  }

  /** An application that can be asked has started. */
  @Produces
  @Startup
  @ApplicationScoped
  HealthCheck started() {
    return () -> HealthCheckResponse.up(NAME);
  }

  /** Says why no requests are to be sent here. */
  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck ready(org.runmetrics.web.operation.Readiness readiness) {
    return () -> {
      readiness.probed();
      return HealthCheckResponse.named(NAME)
          .status(readiness.isReady())
          .withData("stopping", readiness.isStopping())
          .withData("storage readable", readiness.isStorageReadable())
          .withData("cache usable", readiness.isCacheUsable())
          .build();
    };
  }
}
