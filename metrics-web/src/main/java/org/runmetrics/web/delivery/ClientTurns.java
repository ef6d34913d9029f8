package org.runmetrics.web.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Gives each client few turns at a time, so that one with many requests waits for itself alone.
 *
 * <p>Where there are as many turns as may be in all, clients have theirs one after the other. Safe
 * for use by several threads.
 */
final class ClientTurns {
  private final int mostInAll;
  private final int mostOfClient;
  private final int mostWaiting;
  private final Executor executor;

  /** Those that have or wait for a turn, next first; guarded by this object, as what follows. */
  private final Map<String, Client> clients = new LinkedHashMap<>();

  private int underWay;

  /** What a client has under way, and what waits for that. */
  private static final class Client {
    private int underWay;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
  }

  /**
   * Gives turns.
   *
   * @param mostInAll how many there may be at a time
   * @param mostOfClient how many of them a client may have
   * @param mostWaiting how many more of a client may wait
   * @param executor does what has a turn, at once
   */
  ClientTurns(int mostInAll, int mostOfClient, int mostWaiting, Executor executor) {
    this.mostInAll = mostInAll;
    this.mostOfClient = mostOfClient;
    this.mostWaiting = mostWaiting;
    this.executor = executor;
  }

  /** Does some work when its client has a turn; returns false if too much waits already. */
  boolean take(String address, Runnable work) {
    synchronized (this) {
      Client client = clients.computeIfAbsent(address, unknown -> new Client());
      if (client.waiting.size() >= mostWaiting) {
        return false;
      }
      client.waiting.add(work);
    }
    startNext();
    return true;
  }

  /** Returns how many clients have or wait for a turn. */
  synchronized int size() {
    return clients.size();
  }

  /** Starts what has waited longest, of the client whose turn it is. */
  private void startNext() {
    next().ifPresent(turn -> start(turn.getKey(), turn.getValue()));
  }

  private void start(String address, Runnable work) {
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } finally {
              end(address);
              startNext();
            }
          });
    } catch (RuntimeException | Error noThread) {
      if (!putBack(address, work)) {
        throw noThread;
      }
    }
  }

  /**
   * Lets work for which there is no thread wait for that of another, and returns whether there is
   * any: it may be the work of another client than that which asks.
   */
  private synchronized boolean putBack(String address, Runnable work) {
    boolean others = underWay > 1;
    if (others) {
      clients.computeIfAbsent(address, unknown -> new Client()).waiting.addFirst(work);
    }
    end(address);
    return others;
  }

  private synchronized Optional<Map.Entry<String, Runnable>> next() {
    if (underWay == mostInAll) {
      return Optional.empty();
    }
    for (Map.Entry<String, Client> entry : clients.entrySet()) {
      String address = entry.getKey();
      Client client = entry.getValue();
      if (!client.waiting.isEmpty() && client.underWay < mostOfClient) {
        underWay++;
        client.underWay++;
        // The others come first next time.
        clients.remove(address);
        clients.put(address, client);
        return Optional.of(Map.entry(address, client.waiting.remove()));
      }
    }
    return Optional.empty();
  }

  private synchronized void end(String address) {
    underWay--;
    Client client = clients.computeIfAbsent(address, unknown -> new Client());
    client.underWay--;
    if (client.underWay == 0 && client.waiting.isEmpty()) {
      clients.remove(address);
    }
  }
}
