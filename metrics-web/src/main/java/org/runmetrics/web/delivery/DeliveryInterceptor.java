package org.runmetrics.web.delivery;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes long answers in pieces, so that a client that takes none of them is noticed. */
@Provider
@Priority(Priorities.ENTITY_CODER - 300)
public class DeliveryInterceptor implements WriterInterceptor {
  @Context private HttpServletRequest servletRequest;

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    Optional<ClientWait> wait = Delivery.waitOf(servletRequest);
    if (wait.isEmpty()) {
      context.proceed();
      return;
    }
    OutputStream server = context.getOutputStream();
    context.setOutputStream(new PieceStream(server, wait.get()));
    wait.get().beginWork();
    try {
      context.proceed();
    } finally {
      // A server that flushes and closes the stream in the end finds its own.
      context.setOutputStream(server);
      wait.get().beginWait();
    }
  }
}
