package org.runmetrics.push;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * All clients of one kind, of which each address may have some at a time.
 *
 * <p>They are looked after while there are any. Safe for use by several threads.
 */
public final class Clients implements AutoCloseable {
  private static final Ending GOODBYE =
      new Ending(Ending.Why.LEAVING, "The server is shutting down");

  private final Workers workers;
  private final int perAddress;
  private final Pace pace;

  /** Clients with their addresses, empty of those that do not count; guarded by this, like all. */
  private final Map<Client<?>, String> open = new HashMap<>();

  /** Admissions in use by address, never zero. */
  private final Map<String, Integer> admitted = new HashMap<>();

  /** Is there while there are clients. */
  private Optional<Future<?>> looks = Optional.empty();

  private boolean closed;

  /** Admits each address so many clients at a time. */
  public Clients(Workers workers, int perAddress, Pace pace) {
    this.workers = workers;
    this.perAddress = perAddress;
    this.pace = pace;
  }

  /** What one client takes of those that its address may have; given back once. */
  public final class Admission {
    private final String address;
    private final AtomicBoolean used = new AtomicBoolean(true);

    private Admission(String address) {
      this.address = address;
    }

    /** Lets another client of this address in; more calls do nothing. */
    public void giveBack() {
      if (used.compareAndSet(true, false)) {
        leave(address);
      }
    }
  }

  /** Returns how many clients each address may have. */
  public int perAddress() {
    return perAddress;
  }

  /** Lets a client in, or returns nothing if its address has as many as it may. */
  public synchronized Optional<Admission> admit(String address) {
    if (admitted.getOrDefault(address, 0) >= perAddress) {
      return Optional.empty();
    }
    admitted.merge(address, 1, Integer::sum);
    return Optional.of(new Admission(address));
  }

  /**
   * Starts to send a client messages.
   *
   * @param admission is given back when the client has gone
   * @param maker makes the source of what wakes the client
   */
  public <M> Client<M> open(
      Admission admission, Outlet<M> outlet, Function<Runnable, Source<M>> maker) {
    return start(admission.address, outlet, maker, admission::giveBack);
  }

  /** Starts to send a client messages that does not count, as it is soon told to go. */
  public <M> Client<M> open(Outlet<M> outlet, Function<Runnable, Source<M>> maker) {
    return start("", outlet, maker, () -> {});
  }

  /** Pings all clients of an address, so that those that have left give back what they took. */
  public void ping(String address) {
    List<Client<?>> some;
    synchronized (this) {
      some =
          open.entrySet().stream()
              .filter(entry -> entry.getValue().equals(address))
              .<Client<?>>map(Map.Entry::getKey)
              .toList();
    }
    some.forEach(Client::ping);
  }

  /** Returns how many clients there are. */
  public synchronized int size() {
    return open.size();
  }

  /** Returns how many of them have been told to go. */
  public int leaving() {
    return (int) all().stream().filter(Client::isLeaving).count();
  }

  /** Tells all clients to go, as the server stops, and gives them a moment for it. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    all().forEach(client -> client.close(GOODBYE));
    awaitNone(System.nanoTime() + pace.farewell().toNanos());
    all().forEach(Client::cut);
  }

  private <M> Client<M> start(
      String address, Outlet<M> outlet, Function<Runnable, Source<M>> maker, Runnable onEnd) {
    Client<M> client =
        new Client<>(
            workers,
            outlet,
            pace.patience(),
            ended -> {
              remove(ended);
              onEnd.run();
            });
    add(client, address);
    try {
      client.start(maker);
    } catch (RuntimeException | Error failure) {
      client.gone();
      throw failure;
    }
    return client;
  }

  private synchronized void add(Client<?> client, String address) {
    open.put(client, address);
    if (closed) {
      client.close(GOODBYE);
    }
    if (looks.isEmpty()) {
      looks = Optional.of(workers.every(pace.ping(), () -> all().forEach(Client::look)));
    }
  }

  private synchronized void remove(Client<?> client) {
    open.remove(client);
    if (open.isEmpty()) {
      looks.ifPresent(running -> running.cancel(false));
      looks = Optional.empty();
      notifyAll();
    }
  }

  private synchronized void leave(String address) {
    admitted.computeIfPresent(address, (name, count) -> count == 1 ? null : count - 1);
  }

  private synchronized List<Client<?>> all() {
    return List.copyOf(open.keySet());
  }

  private synchronized void awaitNone(long deadline) {
    try {
      long left = deadline - System.nanoTime();
      while (!open.isEmpty() && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
