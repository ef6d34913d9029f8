package org.runmetrics.web.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;

/** Answers errors outside of the API as JSON too, instead of with the server's own page. */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = code instanceof Integer number ? number : HttpServletResponse.SC_NOT_FOUND;
    Status known = Status.fromStatusCode(status);
    String detail = known == null ? "Error " + status : known.getReasonPhrase();
    try {
      Problem.write(response, status, detail);
    } catch (IOException clientLeft) {
      // Servers would fill a page of their log for each client that does not wait for its error.
    }
  }
}
