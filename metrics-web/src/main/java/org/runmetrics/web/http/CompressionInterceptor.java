package org.runmetrics.web.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Compresses the answers that {@link CompressionFilter} chose, while they are written.
 *
 * <p>An answer that breaks off has no end here either: {@link BrokenAnswerInterceptor} is around.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class CompressionInterceptor implements WriterInterceptor {
  static final String GZIP = "gzip";

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (!GZIP.equals(context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING))) {
      context.proceed();
      return;
    }
    OutputStream plain = context.getOutputStream();
    try (GzipStream gzip = new GzipStream(plain)) {
      context.setOutputStream(gzip);
      context.proceed();
      gzip.end();
    } finally {
      // A server that closes the stream in the end finds its own.
      context.setOutputStream(plain);
    }
  }
}
