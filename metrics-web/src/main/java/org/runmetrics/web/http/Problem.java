package org.runmetrics.web.http;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.runmetrics.exhaustion.Exhaustion;
import org.runmetrics.file.SilentDiskException;

/** Errors as clients see them: a status, and JSON with one {@code detail}. */
public final class Problem {
  /** What an error repeats of a wrong value. */
  private static final int MAX_SHOWN = 100;

  /** When a client that was refused for being one of too many may try again. */
  private static final int SOON_SECONDS = 5;

  /** What clients are told while a disk does not answer. */
  static final String SILENT = "The storage does not answer; try again in some seconds";

  private Problem() {}

  public static WebApplicationException notFound(String detail) {
    return exception(Status.NOT_FOUND, detail);
  }

  public static WebApplicationException badRequest(String detail) {
    return exception(Status.BAD_REQUEST, detail);
  }

  public static WebApplicationException unprocessable(String detail) {
    return exception(Unprocessable.CONTENT, detail);
  }

  public static WebApplicationException forbidden(String detail) {
    return exception(Status.FORBIDDEN, detail);
  }

  public static WebApplicationException tooMany(String detail) {
    return exception(Status.TOO_MANY_REQUESTS, detail);
  }

  /** Returns the answer to a request for which there is no time now. */
  public static Response busy(String detail) {
    return response(Status.SERVICE_UNAVAILABLE, body(detail))
        .header(HttpHeaders.RETRY_AFTER, SOON_SECONDS)
        .build();
  }

  /** Returns the error of a request for what cannot be had now, but may be soon. */
  public static WebApplicationException unavailable(String detail) {
    return new WebApplicationException(detail, busy(detail));
  }

  /**
   * Returns the error of a request that failed for what passes by itself, if that is so: a disk
   * does not answer, or the server has run out of something, which an operator is told.
   */
  public static Optional<WebApplicationException> passing(Throwable cause) {
    if (cause instanceof SilentDiskException || cause.getCause() instanceof SilentDiskException) {
      return Optional.of(unavailable(SILENT));
    }
    return Exhaustion.of(cause)
        .map(
            exhaustion -> {
              exhaustion.tell();
              return unavailable(
                  "The server is out of " + exhaustion.missing() + ", try again later");
            });
  }

  /** Returns the error of a request for a part that is not there, of something of a size. */
  public static WebApplicationException unsatisfiable(String detail, long size) {
    return new WebApplicationException(
        detail,
        response(Status.REQUESTED_RANGE_NOT_SATISFIABLE, body(detail))
            .header("Content-Range", "bytes */" + size)
            .build());
  }

  public static WebApplicationException internal(String detail) {
    return exception(Status.INTERNAL_SERVER_ERROR, detail);
  }

  /** Returns an error as an answer. */
  public static Response answer(StatusType status, String detail) {
    return response(status, body(detail)).build();
  }

  static Response.ResponseBuilder response(StatusType status, JsonObject body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
  }

  static JsonObject body(String detail) {
    return Json.createObjectBuilder().add("detail", detail).build();
  }

  /** Answers outside of JAX-RS. */
  public static void write(HttpServletResponse response, int status, String detail)
      throws IOException {
    byte[] text = body(detail).toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_JSON);
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }

  /** Tells outside of JAX-RS that a disk does not answer. */
  public static void writeSilent(HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(SOON_SECONDS));
    write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, SILENT);
  }

  /** Returns what an error repeats of a value. */
  public static String shown(String value) {
    return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "...";
  }

  private static WebApplicationException exception(StatusType status, String detail) {
    return new WebApplicationException(detail, response(status, body(detail)).build());
  }

  /** The status 422, which the API lacks. */
  private enum Unprocessable implements StatusType {
    CONTENT;

    @Override
    public int getStatusCode() {
      return 422;
    }

    @Override
    public Status.Family getFamily() {
      return Status.Family.CLIENT_ERROR;
    }

    @Override
    public String getReasonPhrase() {
      return "Unprocessable Content";
    }
  }
}
