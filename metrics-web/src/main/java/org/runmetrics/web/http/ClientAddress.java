package org.runmetrics.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.runmetrics.settings.Forwarding;
import org.runmetrics.settings.Settings;

/** What is known of a client's end of the connection, by itself or by a trusted proxy. */
public final class ClientAddress {
  private ClientAddress() {}

  /** Returns the address of who sent a request. */
  public static String of(HttpServletRequest request, Settings settings) {
    return settings.proxies().client(request.getRemoteAddr(), told(request));
  }

  /** Returns whether the connection of who sent a request is encrypted. */
  public static boolean isSecure(HttpServletRequest request, Settings settings) {
    return settings.proxies().isSecure(request.isSecure(), request.getRemoteAddr(), told(request));
  }

  private static Forwarding told(HttpServletRequest request) {
    return Forwarding.of(name -> Collections.list(request.getHeaders(name)));
  }
}
