package org.runmetrics.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.runmetrics.settings.Settings;

/** The address that limits count a client by. */
public final class ClientAddress {
  private ClientAddress() {}

  public static String of(
      HttpServletRequest request, MultivaluedMap<String, String> headers, Settings settings) {
    List<String> forwarded = headers.get("X-Forwarded-For");
    return settings
        .proxies()
        .client(request.getRemoteAddr(), forwarded == null ? List.of() : forwarded);
  }
}
