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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.Parameters;

/** Shows the description to people: Swagger UI, with a document and a script of ours. */
@Singleton
@Path("docs")
public class DocsResource {
  private static final String DOCUMENT = "index.html";

  /** All that is served, by its media type. */
  private static final Map<String, String> FILES =
      Map.of(
          DOCUMENT,
          "text/html;charset=UTF-8",
          "docs.js",
          "text/javascript;charset=UTF-8",
          "swagger-ui-bundle.js",
          "text/javascript;charset=UTF-8",
          "swagger-ui.css",
          "text/css;charset=UTF-8",
          "favicon-32x32.png",
          "image/png");

  /** Nothing of other hosts, no script or style in markup; Swagger UI's style sheet holds icons. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

  @Inject Deliveries deliveries;

  /** Serves the document. */
  @GET
  public Response document(@Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters.none(uri);
    String document =
        new String(read(DOCUMENT), StandardCharsets.UTF_8)
            .replace("{base}", uri.getBaseUri().getRawPath());
    return answer(DOCUMENT, document.getBytes(StandardCharsets.UTF_8), request);
  }

  /** Serves a file that the document names. */
  @GET
  @Path("{file}")
  public void file(
      @PathParam("file") String name,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> find(name, uri, request));
  }

  private static Response find(String name, UriInfo uri, HttpServletRequest request) {
    Parameters.none(uri);
    if (!FILES.containsKey(name) || name.equals(DOCUMENT)) {
      throw Problem.notFound("File not found: " + Problem.shown(name));
    }
    return answer(name, read(name), request);
  }

  private static Response answer(String name, byte[] content, HttpServletRequest request) {
    return Revision.ofText(content)
        .answer(request, () -> Response.ok(content, FILES.get(name)))
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  private static byte[] read(String name) {
    try (InputStream stream = DocsResource.class.getResourceAsStream("docs/" + name)) {
      return Optional.ofNullable(stream)
          .orElseThrow(() -> new IllegalStateException("The file docs/" + name + " is missing"))
          .readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
