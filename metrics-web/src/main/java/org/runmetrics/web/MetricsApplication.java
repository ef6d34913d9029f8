package org.runmetrics.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Puts all resources of this module under {@code /api}. */
@ApplicationPath("/api")
public class MetricsApplication extends Application {

  /** Keeps Jersey from describing itself under {@code application.wadl}. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
