package org.runmetrics.ws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.runmetrics.settings.TrustedProxies;

/**
 * A request to open a log socket (RFC 6455, section 4.2).
 *
 * @param peer the address at the other end of the connection
 * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in order
 * @param path what the client asked for, still encoded
 * @param query the raw query, empty if there is none
 * @param json whether the client offers {@link Message#SUBPROTOCOL}
 */
record Handshake(String peer, List<String> forwardedFor, String path, String query, boolean json) {
  static final String VERSION = "13";

  private static final String KEY = "Sec-WebSocket-Key";
  private static final int KEY_BYTES = 16;

  /** Proves that the server has read the request as one for a socket. */
  private static final String ACCEPTANCE = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  static Handshake of(HttpServletRequest request) {
    return new Handshake(
        request.getRemoteAddr(),
        Collections.list(request.getHeaders("X-Forwarded-For")),
        request.getRequestURI(),
        Optional.ofNullable(request.getQueryString()).orElse(""),
        words(request, "Sec-WebSocket-Protocol").anyMatch(Message.SUBPROTOCOL::equals));
  }

  /** Tells whether a request asks for a socket at all, in the version that there is. */
  static boolean isAskedFor(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && request.getProtocol().equals("HTTP/1.1")
        && names(request, "Connection", "upgrade")
        && names(request, "Upgrade", "websocket")
        && VERSION.equals(request.getHeader("Sec-WebSocket-Version"));
  }

  /** Returns the proof of acceptance, or nothing if the client has sent no proper key. */
  static Optional<String> accept(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(KEY))
        .map(String::strip)
        .filter(Handshake::isKey)
        .map(key -> Base64.getEncoder().encodeToString(sha1(key + ACCEPTANCE)));
  }

  /** Returns the address that limits count by. */
  String client(TrustedProxies proxies) {
    return proxies.client(peer, forwardedFor);
  }

  private static boolean names(HttpServletRequest request, String header, String word) {
    return words(request, header).anyMatch(word::equalsIgnoreCase);
  }

  /** Returns what the list of a header holds, which may come several times. */
  private static Stream<String> words(HttpServletRequest request, String header) {
    return Collections.list(request.getHeaders(header)).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip);
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-1", impossible);
    }
  }
}
