package org.runmetrics.settings;

import java.util.HashMap;
import java.util.Map;

/** Counts what each client has open, up to a limit. Safe for use by several threads. */
public final class ClientLimit {
  private final int perClient;

  /** How much is open by client, never zero; guarded by this. */
  private final Map<String, Integer> open = new HashMap<>();

  /** Allows each client so many at a time. */
  public ClientLimit(int perClient) {
    this.perClient = perClient;
  }

  /** Returns how many a client may have. */
  public int perClient() {
    return perClient;
  }

  /** Counts one more, or returns false if the client has as many as it may. */
  public synchronized boolean enter(String client) {
    if (open.getOrDefault(client, 0) >= perClient) {
      return false;
    }
    open.merge(client, 1, Integer::sum);
    return true;
  }

  /** Counts one less. */
  public synchronized void leave(String client) {
    open.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
  }
}
