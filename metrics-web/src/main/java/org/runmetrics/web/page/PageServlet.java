package org.runmetrics.web.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.runmetrics.web.http.AcceptEncoding;
import org.runmetrics.web.http.Problem;

/**
 * Serves the page: one document at all its places, and its files.
 *
 * <p>Files are served by us and not by the container, so that their headers are the same on every
 * server. The address of a file names the version of all files: browsers keep it for good, and
 * never mix files of two versions. An older page that is still open finds none of its files, and
 * says so.
 */
@WebServlet(urlPatterns = "/", loadOnStartup = 1)
public class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final Pattern FILE = Pattern.compile("/page/([^/]+)/(.+)");

  /** The workspace and a run's own place, which {@code state/address.js} knows too. */
  private static final Pattern PLACE = Pattern.compile("/|/runs/[^/]+/?");

  /** What browsers ask for where a document names no icon, such as an answer of the API. */
  private static final String ICON = "/favicon.ico";

  private static final String KEEP = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  /** Nothing of other origins, no script or style in markup, no frame around the page. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " media-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none';"
          + " frame-ancestors 'none'";

  private transient Optional<PageFiles> files = Optional.empty();

  @Override
  public void init() throws ServletException {
    try {
      files = Optional.of(PageFiles.read(getServletContext()));
    } catch (IOException incomplete) {
      throw new ServletException(incomplete);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageFiles page = files.orElseThrow();
    String path = request.getRequestURI().substring(request.getContextPath().length());
    Matcher file = FILE.matcher(path);
    if (PLACE.matcher(path).matches()) {
      answer(page.index(), page.version(), ASK_AGAIN, request, response);
    } else if (path.equals(ICON)) {
      answer(page.file("icon.svg").orElseThrow(), page.version(), ASK_AGAIN, request, response);
    } else if (file.matches()
        && file.group(1).equals(page.version())
        && page.file(file.group(2)).isPresent()) {
      answer(page.file(file.group(2)).get(), page.version(), KEEP, request, response);
    } else {
      Problem.write(response, HttpServletResponse.SC_NOT_FOUND, "Not Found");
    }
  }

  private static void answer(
      PageFile file,
      String version,
      String caching,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    boolean compressed =
        AcceptEncoding.of(Collections.list(request.getHeaders("Accept-Encoding"))).takesGzip();
    String tag = "\"" + version + (compressed ? "-gzip\"" : "\"");
    response.setHeader("Cache-Control", caching);
    response.setHeader("ETag", tag);
    response.addHeader("Vary", "Accept-Encoding");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(file.type());
    if (compressed) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentLength(file.length(compressed));
    file.write(compressed, response.getOutputStream());
  }
}
