package org.runmetrics.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts all resources of this module under {@code /api}. */
@ApplicationPath("/api")
public class MetricsApplication extends Application {}
