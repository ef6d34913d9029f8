package org.runmetrics.web.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import org.runmetrics.access.Credentials;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.http.ClientAddress;
import org.runmetrics.web.http.Problem;

/** The cookie by which a browser is known, and who may have it set. */
public final class BrowserSession {
  private BrowserSession() {}

  /** Keeps other pages from logging somebody in as somebody else, or out. */
  public static void checkPage(HttpServletRequest request) {
    if (!Sent.isFromOwnPage(request)) {
      throw Problem.forbidden(
          "Only the server's own page may log in and out. Behind a proxy, metrics.proxies names the"
              + " proxy and metrics.hosts the name that the page is open under, and the proxy hands"
              + " on Host and sets X-Forwarded-Proto");
    }
  }

  /** Returns the cookie of the session, which has no value yet. */
  public static NewCookie.Builder cookie(HttpServletRequest request, Settings settings) {
    String path = request.getContextPath().isEmpty() ? "/" : request.getContextPath();
    return cookie(Credentials.cookie(request.getServerPort()), path, request, settings);
  }

  /** Returns a cookie that no script reads, and no other page sends but by a link. */
  public static NewCookie.Builder cookie(
      String name, String path, HttpServletRequest request, Settings settings) {
    return new NewCookie.Builder(name)
        .path(path)
        .httpOnly(true)
        .sameSite(SameSite.LAX)
        .secure(ClientAddress.isSecure(request, settings));
  }
}
