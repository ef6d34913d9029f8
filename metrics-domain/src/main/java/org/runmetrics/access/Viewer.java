package org.runmetrics.access;

import java.util.Optional;

/**
 * Someone who looks at runs.
 *
 * @param name nothing where nobody has to say who they are
 */
public record Viewer(Optional<String> name) {
  /** Whoever comes to a server without a login. */
  public static final Viewer GUEST = new Viewer(Optional.empty());
}
