package org.runmetrics.web.login;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.runmetrics.access.Admission;
import org.runmetrics.access.Entrance;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.query.Viewers;

/**
 * Lets in who may read: it stands before the whole API, streams and sockets included.
 *
 * <p>Open to all is what says nothing of runs: the page's own files, the description of the API,
 * and what probes ask for.
 */
public class LoginFilter implements Filter {
  private static final Set<String> OPEN =
      Set.of(
          "/api/health",
          "/api/health/live",
          "/api/health/started",
          "/api/health/ready",
          "/api/session",
          "/api/session/provider",
          "/api/session/provider/callback",
          "/api/openapi.json",
          "/api/openapi.yaml");

  /** All that lies below; only of addresses in which nothing is encoded and nothing climbs. */
  private static final String DOCS = "/api/docs";

  private final Entrance entrance;

  /** Takes the rule from the settings. */
  @Inject
  public LoginFilter(Settings settings) {
    this.entrance = settings.entrance();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer) {
      if (entrance.asks()) {
        // Other pages cannot put what is behind a login into theirs, and see whether it is there.
        answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
      }
      if (!isOpen(asked)) {
        Admission admission = entrance.admit(Sent.credentials(asked), asked.getLocalAddr());
        if (admission instanceof Admission.Refused refused) {
          Refusal.of(refused).write(answer);
          return;
        }
        if (admission instanceof Admission.Admitted admitted) {
          Viewers.note(asked, admitted.viewer());
        }
      }
    }
    chain.doFilter(request, response);
  }

  private static boolean isOpen(HttpServletRequest request) {
    String path = request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
    String sent = request.getRequestURI();
    boolean plain = !sent.contains("%") && !sent.contains(";") && !sent.contains("..");
    return plain && (OPEN.contains(path) || path.equals(DOCS) || path.startsWith(DOCS + "/"));
  }
}
