package org.runmetrics.web.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Answers every error as JSON, and keeps to itself what only concerns the operator. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Context private UriInfo uri;

  @Override
  public Response toResponse(Throwable error) {
    if (!(error instanceof WebApplicationException problem)) {
      Optional<WebApplicationException> passing = Problem.passing(error);
      if (passing.isPresent()) {
        return passing.get().getResponse();
      }
      LOG.log(Level.ERROR, "Request failed: " + uri.getPath(), error);
      return Problem.response(Status.INTERNAL_SERVER_ERROR, Problem.body("Internal server error"))
          .build();
    }
    Response response = problem.getResponse();
    if (response.hasEntity()) {
      return response;
    }
    Response.ResponseBuilder answer =
        Problem.response(response.getStatusInfo(), Problem.body(detail(response)));
    if (response.getHeaderString(HttpHeaders.ALLOW) != null) {
      answer.header(HttpHeaders.ALLOW, response.getHeaderString(HttpHeaders.ALLOW));
    }
    return answer.build();
  }

  private String detail(Response response) {
    return switch (response.getStatus()) {
      case 404 -> "Not found: /api/" + uri.getPath().replaceFirst("^/", "");
      case 405 -> "Method not allowed, only " + response.getHeaderString(HttpHeaders.ALLOW);
      case 406 ->
          "Not acceptable, only application/json is available, and for tables text/csv and"
              + " application/x-ndjson";
      default -> response.getStatusInfo().getReasonPhrase();
    };
  }
}
