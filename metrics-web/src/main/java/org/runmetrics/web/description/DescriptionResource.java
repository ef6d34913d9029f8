package org.runmetrics.web.description;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.Parameters;

/** The description of the API, as JSON and as YAML. */
@Singleton
@Path("openapi.{form: json|yaml}")
public class DescriptionResource {
  private static final String YAML = "application/yaml";

  /** Made when somebody asks first, as most never do. */
  private final Map<String, byte[]> texts = new ConcurrentHashMap<>();

  @Inject Deliveries deliveries;

  /** Serves the description. */
  @GET
  public void description(
      @PathParam("form") String form,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> describe(form, uri, request));
  }

  private Response describe(String form, UriInfo uri, HttpServletRequest request) {
    Parameters.none(uri);
    String type = form.equals("json") ? MediaType.APPLICATION_JSON : YAML;
    byte[] text = texts.computeIfAbsent(type, DescriptionResource::text);
    return Revision.ofText(text).answer(request, () -> Response.ok(text, type)).build();
  }

  private static byte[] text(String type) {
    Description description = Description.read();
    return type.equals(YAML)
        ? DescriptionText.yaml(description)
        : DescriptionText.json(description);
  }
}
