package org.runmetrics.web.provider;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Why a login failed, for people, whom the provider has sent to an address of the API. */
final class FailedLogin {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Runmetrics</title>
      <h1>Nobody is logged in</h1>
      <p>%s.</p>
      <p><a href="%s/">Back to Runmetrics</a></p>
      """;

  private FailedLogin() {}

  /** Returns an error as a page where a browser asks for one. */
  static Response shown(Response error, HttpHeaders headers, HttpServletRequest request) {
    boolean isBrowser = headers.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE);
    return isBrowser && error.getEntity() instanceof JsonObject problem
        ? Response.fromResponse(error)
            .entity(PAGE.formatted(text(problem.getString("detail")), request.getContextPath()))
            .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
            .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            .header("X-Content-Type-Options", "nosniff")
            .build()
        : error;
  }

  private static String text(String detail) {
    return detail.replace("&", "&amp;").replace("<", "&lt;");
  }
}
