package org.runmetrics.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * By what a request says who sent it.
 *
 * @param tokens those that it holds, of which one has to be known
 */
public record Credentials(List<Token> tokens) {
  private static final String BEARER = "bearer ";

  /** A browser has one cookie of a name, or a few of several paths. */
  private static final int MOST_COOKIES = 4;

  /**
   * Takes headers as servers hand them out.
   *
   * @param authorizations all headers {@code Authorization}; if one holds a token, no cookie counts
   * @param cookies all headers {@code Cookie}; of those that hold a token the one of this port
   *     counts, as browsers send the cookies of all ports of a host to each of them
   * @param ownPage whether no page of another origin can have sent the request: browsers add
   *     cookies to what any page asks for
   * @param port of the server, as the client sees it
   */
  public static Credentials of(
      List<String> authorizations, List<String> cookies, boolean ownPage, int port) {
    if (!bearers(authorizations).isEmpty()) {
      return ofHeader(authorizations);
    }
    String ours = cookie(port) + "=";
    return new Credentials(
        cookies.stream()
            .filter(header -> ownPage)
            .flatMap(header -> Arrays.stream(header.split(";")))
            .map(String::strip)
            .filter(cookie -> cookie.startsWith(ours))
            .map(cookie -> new Token(cookie.substring(ours.length())))
            .limit(MOST_COOKIES)
            .toList());
  }

  /** Takes what programs send, without cookies; two tokens are two guesses, and none counts. */
  public static Credentials ofHeader(List<String> authorizations) {
    List<Token> named = bearers(authorizations);
    return new Credentials(named.size() == 1 ? named : List.of());
  }

  /** Returns the name of the cookie of a server at a port. */
  public static String cookie(int port) {
    return "runmetrics-" + port;
  }

  private static List<Token> bearers(List<String> authorizations) {
    return authorizations.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(header -> new Token(header.substring(BEARER.length()).strip()))
        .toList();
  }
}
