package org.runmetrics.ws;

import java.util.HashMap;
import java.util.Map;

/** Counts the sockets of each client. Safe for use by several threads. */
final class SocketLimit {
  private final int perClient;

  /** Open sockets by client, never zero; guarded by this. */
  private final Map<String, Integer> open = new HashMap<>();

  SocketLimit(int perClient) {
    this.perClient = perClient;
  }

  int perClient() {
    return perClient;
  }

  /** Counts one more socket, or returns false if the client has as many as it may. */
  synchronized boolean enter(String client) {
    if (open.getOrDefault(client, 0) >= perClient) {
      return false;
    }
    open.merge(client, 1, Integer::sum);
    return true;
  }

  /** Counts one socket less. */
  synchronized void leave(String client) {
    open.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
  }
}
