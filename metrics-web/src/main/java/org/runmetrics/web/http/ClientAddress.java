package org.runmetrics.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.runmetrics.settings.Settings;

/** The address that a client is known by: its own, or the one that a trusted proxy names. */
public final class ClientAddress {
  private ClientAddress() {}

  /** Returns the address of who sent a request. */
  public static String of(HttpServletRequest request, Settings settings) {
    return settings
        .proxies()
        .client(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }
}
