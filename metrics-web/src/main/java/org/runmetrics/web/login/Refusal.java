package org.runmetrics.web.login;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Optional;
import org.runmetrics.access.Admission;
import org.runmetrics.web.http.Problem;

/**
 * The answer to a request that is not let in (RFC 6750).
 *
 * @param status 401 if a token would help, 503 if it cannot be told now, or else 403
 * @param challenge what kind of token
 * @param detail what whoever sent it can do
 */
record Refusal(Status status, Optional<String> challenge, String detail) {
  private static final String BEARER = "Bearer realm=\"Runmetrics\"";

  /** Seconds after which a provider may answer again. */
  private static final String SOON = "10";

  static Refusal of(Admission.Refused refused) {
    if (refused instanceof Admission.Untold) {
      return new Refusal(Status.SERVICE_UNAVAILABLE, Optional.empty(), refused.detail());
    }
    return refused instanceof Admission.Unknown unknown
        ? new Refusal(
            Status.UNAUTHORIZED,
            Optional.of(unknown.tried() ? BEARER + ", error=\"invalid_token\"" : BEARER),
            refused.detail())
        : new Refusal(Status.FORBIDDEN, Optional.empty(), refused.detail());
  }

  /** Answers outside of JAX-RS. */
  void write(HttpServletResponse response) throws IOException {
    challenge.ifPresent(kind -> response.setHeader(HttpHeaders.WWW_AUTHENTICATE, kind));
    if (isForNow()) {
      response.setHeader(HttpHeaders.RETRY_AFTER, SOON);
    }
    Problem.write(response, status.getStatusCode(), detail);
  }

  /** Answers within JAX-RS. */
  Response response() {
    Response.ResponseBuilder answer = Response.fromResponse(Problem.answer(status, detail));
    challenge.ifPresent(kind -> answer.header(HttpHeaders.WWW_AUTHENTICATE, kind));
    if (isForNow()) {
      answer.header(HttpHeaders.RETRY_AFTER, SOON);
    }
    return answer.build();
  }

  private boolean isForNow() {
    return status == Status.SERVICE_UNAVAILABLE;
  }
}
