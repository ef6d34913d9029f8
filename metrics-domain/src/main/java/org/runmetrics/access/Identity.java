package org.runmetrics.access;

import java.time.Instant;
import java.util.Set;

/** Who a token is of that no file names, but a provider of logins. */
public sealed interface Identity {

  /**
   * It is somebody's.
   *
   * @param name a name as the files of tokens have them
   * @param groups that they are in, by such names, without an {@code @}
   * @param until when the token ends
   */
  record Person(String name, Set<String> groups, Instant until) implements Identity {
    /** Keeps the groups as they are now. */
    public Person {
      groups = Set.copyOf(groups);
    }
  }

  /** It is nobody's, or no longer anybody's. */
  record Nobody() implements Identity {}

  /** It cannot be told now, as the provider does not answer. */
  record Untold() implements Identity {}
}
