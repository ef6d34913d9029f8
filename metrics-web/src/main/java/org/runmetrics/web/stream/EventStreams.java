package org.runmetrics.web.stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.runmetrics.push.Clients;
import org.runmetrics.push.Farewell;
import org.runmetrics.push.OpenClients;
import org.runmetrics.push.Pace;
import org.runmetrics.push.Source;
import org.runmetrics.push.Turn;
import org.runmetrics.push.Workers;
import org.runmetrics.settings.Settings;

/**
 * All streams of events.
 *
 * <p>A server learns that a client has gone when it writes to it. So a client that has as many
 * streams as it may, some of which it has left, is let in a little later: after a comment to each.
 */
@Singleton
public class EventStreams implements OpenClients {
  /** Between looks for a place; connections that were closed refuse the second comment. */
  private static final List<Duration> WAITS =
      List.of(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(900));

  private final Workers workers;
  private final Clients clients;

  /** Serves as many streams to a client as the settings say. */
  @Inject
  public EventStreams(Settings settings, Workers workers) {
    this(settings, workers, Pace.DEFAULT);
  }

  /** Looks after clients at a pace. */
  public EventStreams(Settings settings, Workers workers, Pace pace) {
    this.workers = workers;
    this.clients = new Clients(workers, settings.streamsPerClient(), pace);
  }

  /**
   * Answers a request with a stream, or that there are too many.
   *
   * @param address whom the limit counts
   * @param source makes the source of the events of what wakes it
   */
  void open(AsyncContext context, String address, Function<Runnable, Source<byte[]>> source) {
    StreamOutlet outlet = new StreamOutlet(context);
    if (!admit(outlet, address, source)) {
      new Arrival(outlet, address, source).waitForPlace();
    }
  }

  @Override
  public String kind() {
    return "streams";
  }

  /** Returns how many streams there are. */
  @Override
  public int size() {
    return clients.size();
  }

  /** Returns 0: a stream that is late is sent the rows from where it stands. */
  @Override
  public long dropped() {
    return 0;
  }

  /** Ends all streams before the server stops. */
  void leave(@Observes Farewell farewell) {
    close();
  }

  /** Ends all streams while there are still workers to say goodbye. */
  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  /** Ends all streams for good. */
  @PreDestroy
  public void close() {
    clients.close();
  }

  private boolean admit(
      StreamOutlet outlet, String address, Function<Runnable, Source<byte[]>> source) {
    Optional<Clients.Admission> admission = clients.admit(address);
    admission.ifPresent(
        place -> {
          try {
            outlet.open();
            outlet.serve(clients.open(place, outlet, source));
          } catch (RuntimeException | Error failure) {
            // Gone already, or there is nothing to send: neither a place nor an answer stays open.
            place.giveBack();
            outlet.cut();
            throw failure;
          }
        });
    return admission.isPresent();
  }

  /** A request that waits for a place. */
  private final class Arrival {
    private final StreamOutlet outlet;
    private final String address;
    private final Function<Runnable, Source<byte[]>> source;
    private final Turn turn = new Turn(workers, this::look);
    private int waits;

    Arrival(StreamOutlet outlet, String address, Function<Runnable, Source<byte[]>> source) {
      this.outlet = outlet;
      this.address = address;
      this.source = source;
    }

    void waitForPlace() {
      clients.ping(address);
      workers.after(WAITS.get(waits), turn::signal);
      waits++;
    }

    private boolean look() {
      if (!admit(outlet, address, source)) {
        if (waits < WAITS.size()) {
          waitForPlace();
        } else {
          outlet.refuse("At most " + clients.perAddress() + " event streams for each client");
        }
      }
      return false;
    }
  }
}
