package org.runmetrics.frame;

import java.nio.charset.StandardCharsets;

/**
 * Why a connection ends.
 *
 * @param code one of RFC 6455, section 7.4; zero stands for none
 * @param reason at most 123 bytes of UTF-8, for people
 */
public record Goodbye(int code, String reason) {
  private static final int MAX_REASON = 123;

  /** Checks that it fits into a frame. */
  public Goodbye {
    if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON) {
      throw new IllegalArgumentException("A reason has at most 123 bytes, not as in " + reason);
    }
  }

  /** All is done. */
  public static Goodbye done(String reason) {
    return new Goodbye(1000, reason);
  }

  /** The server, or the page that reads, goes away. */
  public static Goodbye leaving(String reason) {
    return new Goodbye(1001, reason);
  }

  /** The other side does not speak WebSocket as it should. */
  public static Goodbye malformed(String reason) {
    return new Goodbye(1002, reason);
  }

  /** What was asked for is not to be had. */
  public static Goodbye refused(String reason) {
    return new Goodbye(1008, reason);
  }

  /** The server cannot do what it should. */
  public static Goodbye failed(String reason) {
    return new Goodbye(1011, reason);
  }

  /** It may work at another time. */
  public static Goodbye later(String reason) {
    return new Goodbye(1013, reason);
  }

  /** Tells whether a code may be sent by a client. */
  static boolean isCode(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }
}
