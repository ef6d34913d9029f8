package org.runmetrics.web.http;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.runmetrics.access.ReadAccess;
import org.runmetrics.access.ReadRequest;
import org.runmetrics.access.Verdict;
import org.runmetrics.settings.Settings;

/**
 * Ensures that only those that may read do so: the one place that asks {@link ReadAccess} about
 * requests.
 *
 * <p>It stands before all that answers, log sockets and streams included. A browser keeps plain
 * answers from pages that they do not name; what stays open is refused to such pages, as browsers
 * open sockets for every page.
 */
public class AccessFilter implements Filter {
  private static final String VERDICT = Verdict.class.getName();
  private static final String ORIGIN = "Origin";
  private static final String VARY = "Vary";
  private static final int MISDIRECTED_REQUEST = 421;

  private static final String EXPOSED =
      "ETag, Content-Disposition, Content-Range, Accept-Ranges, X-Cursor, X-Reset, "
          + "X-Row-Count, X-Total-Count, X-Last-Step, X-Skipped-Lines, "
          + "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, Deprecation, "
          + "X-Request-Id";

  /** What clients may ask with; a page of another origin has to ask for some of these first. */
  private static final String ACCEPTED =
      "Accept, Accept-Language, Authorization, Cache-Control, Content-Type, If-None-Match, If-Range, "
          + "Last-Event-ID, Range, X-Request-Id";

  private static final String MAX_AGE_SECONDS = "600";

  private final ReadAccess access;
  private final Settings settings;

  /** Takes the rule from the settings. */
  @Inject
  public AccessFilter(Settings settings) {
    this.access = settings.access();
    this.settings = settings;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer) {
      filter(asked, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Verdict verdict = verdict(request);
    request.setAttribute(VERDICT, verdict);
    if (verdict == Verdict.WRONG_HOST) {
      Problem.write(
          response,
          MISDIRECTED_REQUEST,
          "This server does not answer for the host %s; the setting metrics.hosts names more"
              .formatted(Problem.shown(request.getHeader("Host"))));
      return;
    }
    allow(verdict, request, response);
    if (verdict == Verdict.WRONG_ORIGIN && staysOpen(request)) {
      Problem.write(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "Pages of the origin %s may not read; the setting metrics.origins names those that may"
              .formatted(Problem.shown(request.getHeader(ORIGIN))));
    } else if (isPageThatMayRead(verdict) && isPreflight(request)) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
      response.setHeader("Access-Control-Allow-Headers", ACCEPTED);
      response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
    } else if (isSocket(request) && !hasAddress(request)) {
      Problem.write(
          response,
          HttpServletResponse.SC_BAD_REQUEST,
          "The address of a socket must hold only characters that addresses may have, others in"
              + " percent encoding");
    } else {
      chain.doFilter(request, isSocket(request) ? response : new Varying(response));
    }
  }

  /** Returns what is to become of a request by the page that it comes from. */
  private Verdict verdict(HttpServletRequest request) {
    return access.verdict(
        ReadRequest.of(
            ClientAddress.isSecure(request, settings),
            Collections.list(request.getHeaders("Host")),
            Collections.list(request.getHeaders(ORIGIN)),
            request.getLocalAddr()));
  }

  /** Tells the browser whether the page may see the answer. */
  private void allow(Verdict verdict, HttpServletRequest request, HttpServletResponse response) {
    if (!access.allowsAllOrigins()) {
      response.setHeader(VARY, ORIGIN);
    }
    if (access.allowsAllOrigins() || isPageThatMayRead(verdict)) {
      response.setHeader(
          "Access-Control-Allow-Origin",
          access.allowsAllOrigins() ? "*" : request.getHeader(ORIGIN));
      response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    }
  }

  /** Returns what was found about the page that a request comes from. */
  public static Verdict verdictOf(HttpServletRequest request) {
    return request.getAttribute(VERDICT) instanceof Verdict verdict
        ? verdict
        : Verdict.WRONG_ORIGIN;
  }

  private static boolean isPageThatMayRead(Verdict verdict) {
    return verdict.mayRead() && verdict != Verdict.NO_ORIGIN;
  }

  private static boolean staysOpen(HttpServletRequest request) {
    String path = request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
    return isSocket(request) || path.endsWith("/stream");
  }

  /** Returns whether a request opens a socket; clients ask for HTTP/2 by the same header. */
  public static boolean isSocket(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Upgrade")).stream()
        .anyMatch(protocols -> protocols.toLowerCase(Locale.ROOT).contains("websocket"));
  }

  /** Returns whether what was asked for is an address at all, which containers take for granted. */
  private static boolean hasAddress(HttpServletRequest request) {
    String query = Optional.ofNullable(request.getQueryString()).map(text -> "?" + text).orElse("");
    try {
      return !new URI(request.getRequestURI() + query).isOpaque();
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** Keeps what an answer varies by in one list when more is added. */
  private static final class Varying extends HttpServletResponseWrapper {
    private Varying(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      if (name.equalsIgnoreCase(VARY) && containsHeader(VARY)) {
        super.setHeader(VARY, getHeader(VARY) + ", " + value);
      } else {
        super.setHeader(name, value);
      }
    }

    @Override
    public void addHeader(String name, String value) {
      if (name.equalsIgnoreCase(VARY)) {
        setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }
  }
}
