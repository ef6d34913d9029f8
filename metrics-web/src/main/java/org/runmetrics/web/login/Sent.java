package org.runmetrics.web.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.access.Credentials;
import org.runmetrics.web.http.AccessFilter;

/** What a request was sent with. */
final class Sent {
  /** The page itself, and what people do by hand. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private Sent() {}

  /** Returns by what a request says who sent it. */
  static Credentials credentials(HttpServletRequest request) {
    return Credentials.of(
        Collections.list(request.getHeaders("Authorization")),
        Collections.list(request.getHeaders("Cookie")),
        isFromOwnPage(request),
        request.getServerPort());
  }

  /** Returns the token that a program sent, without what a browser adds by itself. */
  static Credentials header(HttpServletRequest request) {
    return Credentials.ofHeader(Collections.list(request.getHeaders("Authorization")));
  }

  /**
   * Returns whether no page of another origin can have sent a request, apart from a link that was
   * followed.
   *
   * <p>Browsers tell from what kind of site something is asked for (Fetch Metadata), which no page
   * can make up: also of pictures, of which they tell no origin, and of the own page where a proxy
   * keeps from us under which name it is open. Another port of the same host is the same site. Over
   * a network without TLS they do not tell, and the origin has to do.
   */
  static boolean isFromOwnPage(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Sec-Fetch-Site"))
        .map(site -> OWN.contains(site) || "navigate".equals(request.getHeader("Sec-Fetch-Mode")))
        .orElseGet(() -> AccessFilter.verdictOf(request).isOwn());
  }
}
