package org.runmetrics.web.http;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.runmetrics.web.answer.StreamedAnswer;

/**
 * Lets a client notice a table that breaks off in its middle, when its status is long sent.
 *
 * <p>A server ends the body of any answer in good order, also of one that failed. It asks for the
 * trailers before it writes the last chunk, and there it can be kept from writing one.
 */
@Provider
@Priority(Priorities.ENTITY_CODER - 100)
public class BrokenAnswerInterceptor implements WriterInterceptor {
  private static final Logger LOG = System.getLogger(BrokenAnswerInterceptor.class.getName());

  @Context private HttpServletResponse servletResponse;

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    Object entity = context.getEntity();
    if (!(entity instanceof StreamedAnswer) && !StreamedAnswer.isLong(entity)) {
      context.proceed();
      return;
    }
    AtomicBoolean broken = new AtomicBoolean();
    guardEnd(broken);
    try {
      context.proceed();
    } catch (IOException clientLeft) {
      // Also one that reads too slowly; what fails while the run is read is no IOException.
      broken.set(true);
      LOG.log(Level.DEBUG, "A client left before its answer ended", clientLeft);
    } catch (RuntimeException | Error failure) {
      if (!servletResponse.isCommitted()) {
        throw failure;
      }
      broken.set(true);
      LOG.log(
          Level.WARNING, "An answer broke off while it was sent: " + failure.getClass().getName());
    }
  }

  private void guardEnd(AtomicBoolean broken) {
    try {
      servletResponse.setTrailerFields(
          () -> {
            if (broken.get()) {
              BrokenAnswerInterceptor.<RuntimeException>raise(
                  new IOException("The answer broke off"));
            }
            return Map.of();
          });
    } catch (IllegalStateException withoutChunks) {
      // An answer in HTTP/1.0 has no end but that of its connection.
      LOG.log(Level.DEBUG, "The answer has no trailers", withoutChunks);
    }
  }

  /**
   * Throws past the signature of a supplier: of all that may be thrown there, Grizzly goes on only
   * after an IOException, and closes the connection in its time.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void raise(IOException failure) throws E {
    throw (E) failure;
  }
}
