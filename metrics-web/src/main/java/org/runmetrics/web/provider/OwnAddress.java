package org.runmetrics.web.provider;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.http.ClientAddress;
import org.runmetrics.web.http.Problem;

/**
 * Our address, as a browser has it.
 *
 * @param origin scheme, host and maybe port; {@code AccessFilter} has judged the host
 * @param contextPath of the application, empty at the root
 */
record OwnAddress(String origin, String contextPath) {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?");

  /** Printable, without what browsers take for a slash. */
  private static final Pattern PATH = Pattern.compile("/(?!/)[\\x21-\\x7e&&[^\\\\]]{0,1000}");

  static OwnAddress of(HttpServletRequest request, Settings settings) {
    String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
    if (!HOST.matcher(host).matches()) {
      throw Problem.badRequest("The header Host must be the name that the page is open under");
    }
    String scheme = ClientAddress.isSecure(request, settings) ? "https://" : "http://";
    return new OwnAddress(scheme + host, request.getContextPath());
  }

  /** Returns the address of a call of ours. */
  String of(String path) {
    return origin + contextPath + path;
  }

  /**
   * Returns the address of a place of ours.
   *
   * @param place a path from the root on, and nothing of another server
   */
  String place(String place) {
    if (!PATH.matcher(place).matches() || !place.startsWith(contextPath + "/")) {
      throw Problem.badRequest(
          "return must be a path of this server of up to 1000 characters, such as %s/"
              .formatted(contextPath));
    }
    return origin + place;
  }
}
