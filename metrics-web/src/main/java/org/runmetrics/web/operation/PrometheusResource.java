package org.runmetrics.web.operation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.Viewers;

/** The figures of the server, as Prometheus reads them. */
@Singleton
@Path("metrics/prometheus")
public class PrometheusResource {
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  @Inject Figures figures;

  /** Serves OpenMetrics text, or that of before to clients that ask for plain text alone. */
  @GET
  public Response figures(
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @HeaderParam(HttpHeaders.ACCEPT) Optional<String> accept) {
    Parameters.none(uri);
    Viewers.checkSeesAll(request);
    boolean plain = accept.filter(types -> types.startsWith("text/plain")).isPresent();
    String type = plain ? TEXT : OPEN_METRICS;
    return Response.ok(figures.text(type)).header(HttpHeaders.CONTENT_TYPE, type).build();
  }
}
