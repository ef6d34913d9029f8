package org.runmetrics.web.http;

import jakarta.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;

/**
 * Chooses answers that are sent compressed; {@link CompressionInterceptor} does it.
 *
 * <p>Apart from that, so that the headers are the same where no body is written.
 */
@Provider
public class CompressionFilter implements ContainerResponseFilter {
  /** Who gets less gets it in one packet anyway. */
  private static final int MIN_BYTES = 1024;

  /** Not the stream of events: it would wait in the compressor. */
  private static final Set<String> MEDIA_TYPES =
      Set.of(
          "application/json",
          "application/x-ndjson",
          "application/jsonl",
          "application/yaml",
          "text/csv",
          "text/html",
          "text/css",
          "text/javascript");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    boolean known = response.getStatus() == Status.NOT_MODIFIED.getStatusCode();
    if (isServedInParts(response) || (!known && !isWorthwhile(response))) {
      return;
    }
    MultivaluedMap<String, Object> headers = response.getHeaders();
    String vary = response.getHeaderString(HttpHeaders.VARY);
    headers.putSingle(
        HttpHeaders.VARY,
        vary == null ? HttpHeaders.ACCEPT_ENCODING : HttpHeaders.ACCEPT_ENCODING + ", " + vary);
    List<String> accepted = request.getHeaders().get(HttpHeaders.ACCEPT_ENCODING);
    if (accepted == null || !AcceptEncoding.of(accepted).takesGzip()) {
      return;
    }
    String tag = response.getHeaderString(HttpHeaders.ETAG);
    if (tag != null && !tag.startsWith(Revision.WEAK)) {
      // A strong tag names bytes, which are others here: RFC 9110, 8.8.3.3.
      headers.putSingle(HttpHeaders.ETAG, Revision.WEAK + tag);
    }
    if (!known) {
      headers.putSingle(HttpHeaders.CONTENT_ENCODING, CompressionInterceptor.GZIP);
    }
  }

  /** Parts are those of the bytes as they are, and so is the tag by which they are put together. */
  private static boolean isServedInParts(ContainerResponseContext response) {
    return response.getHeaders().containsKey("Accept-Ranges");
  }

  /** JSON values are made for what is small. */
  private static boolean isWorthwhile(ContainerResponseContext response) {
    MediaType type = response.getMediaType();
    return response.getStatus() == Status.OK.getStatusCode()
        && response.hasEntity()
        && type != null
        && MEDIA_TYPES.contains(type.getType() + "/" + type.getSubtype())
        && !(response.getEntity() instanceof JsonValue)
        && !(response.getEntity() instanceof byte[] bytes && bytes.length < MIN_BYTES);
  }
}
