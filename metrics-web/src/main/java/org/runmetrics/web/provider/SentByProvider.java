package org.runmetrics.web.provider;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/**
 * What a provider sends by a browser at the end of a login (RFC 6749, 4.1.2; RFC 9207).
 *
 * @param state of the login
 * @param code for tokens
 * @param error why there is no code
 * @param issuer who says so
 */
record SentByProvider(
    Optional<String> state,
    Optional<String> code,
    Optional<String> error,
    Optional<String> issuer) {
  /** Of a state and a code; ours have 43 characters, those of providers up to some hundreds. */
  private static final int LONGEST = 2_000;

  /** Takes a query, which may hold more than this. */
  static SentByProvider of(MultivaluedMap<String, String> query) {
    return new SentByProvider(
        one(query, "state"),
        one(query, "code"),
        // It is shown, and anybody can write one.
        one(query, "error").map(error -> error.matches("[a-z_]{1,60}") ? error : "for no reason"),
        one(query, "iss"));
  }

  private static Optional<String> one(MultivaluedMap<String, String> query, String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.size() == 1 && values.get(0).length() <= LONGEST
        ? Optional.of(values.get(0))
        : Optional.empty();
  }
}
