package org.runmetrics.ws;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.runmetrics.access.Admission;
import org.runmetrics.access.Credentials;
import org.runmetrics.access.ReadRequest;
import org.runmetrics.access.Verdict;
import org.runmetrics.access.Viewer;
import org.runmetrics.log.LogTails;
import org.runmetrics.push.AllowedSource;
import org.runmetrics.push.Client;
import org.runmetrics.push.Clients;
import org.runmetrics.push.Ending;
import org.runmetrics.push.Farewell;
import org.runmetrics.push.OpenClients;
import org.runmetrics.push.Source;
import org.runmetrics.push.Workers;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.settings.Settings;

/**
 * All clients of logs, and who becomes one.
 *
 * <p>A pseudo-scope without a proxy, so that its fields can be final. Safe for use by several
 * threads.
 */
@Singleton
public class LogClients implements OpenClients {
  private final RunCatalog runs;
  private final LogTails tails;
  private final Settings settings;
  private final Workers workers;
  private final LogLimits limits;
  private final Clients clients;
  private final LongAdder dropped = new LongAdder();

  /** Serves logs of the runs in a catalog. */
  @Inject
  public LogClients(RunCatalog runs, LogTails tails, Settings settings, Workers workers) {
    this(runs, tails, settings, workers, LogLimits.DEFAULT);
  }

  LogClients(
      RunCatalog runs, LogTails tails, Settings settings, Workers workers, LogLimits limits) {
    this.runs = runs;
    this.tails = tails;
    this.settings = settings;
    this.workers = workers;
    this.limits = limits;
    this.clients = new Clients(workers, settings.socketsPerClient(), limits.pace());
  }

  /** Returns whether a page may read, by the rule for all requests. */
  boolean mayRead(Peer peer, Optional<String> origin) {
    return verdict(peer, origin.stream().toList()).mayRead();
  }

  private Verdict verdict(Peer peer, List<String> origins) {
    boolean secure = settings.proxies().isSecure(peer.secure(), peer.address(), peer.told());
    return settings.access().verdict(ReadRequest.of(secure, peer.hosts(), origins, peer.local()));
  }

  /** Reads who asks for a socket, by the rule for all requests. */
  Credentials credentials(
      Peer peer, List<String> origins, List<String> authorizations, List<String> cookies) {
    return Credentials.of(authorizations, cookies, verdict(peer, origins).isOwn(), peer.port());
  }

  /**
   * Starts to send a log, or to say why there is none.
   *
   * @return nothing if the client has been told to go already
   */
  Optional<Client<String>> open(
      Handshake handshake, Subprotocol subprotocol, SessionOutlet outlet) {
    String address = settings.proxies().client(handshake.peer().address(), handshake.peer().told());
    Optional<Clients.Admission> admission = clients.admit(address);
    if (admission.isEmpty()) {
      String reason = "At most " + clients.perAddress() + " log sockets for each client";
      outlet.close(new Ending(Ending.Why.LATER, reason));
      return Optional.empty();
    }
    Admission judged = settings.entrance().admit(handshake.credentials(), handshake.peer().local());
    if (judged instanceof Admission.Refused refused) {
      // The application's filter has answered 401 already, but on servers where sockets pass it.
      return refuse(
          admission.get(), outlet, new Refusal(subprotocol, refused.detail(), "Not let in"));
    }
    LogQuery query;
    try {
      query = LogQuery.parse(handshake.query(), subprotocol);
    } catch (IllegalArgumentException refused) {
      String text = String.valueOf(refused.getMessage());
      return refuse(admission.get(), outlet, new Refusal(subprotocol, text, "Bad parameter"));
    }
    String id = RequestedRun.id(handshake.address().getRawPath()).orElse("");
    Viewer viewer =
        judged instanceof Admission.Admitted admitted ? admitted.viewer() : Viewer.GUEST;
    Optional<RunDirectory> run;
    try {
      run = find(id, viewer, admission.get());
    } catch (UncheckedIOException silent) {
      return refuse(admission.get(), outlet, Refusal.untilLater(subprotocol));
    }
    if (run.isEmpty()) {
      String text = "Run not found: " + id;
      return refuse(admission.get(), outlet, new Refusal(subprotocol, text, "Run not found"));
    }
    RunDirectory found = run.get();
    return Optional.of(
        clients.open(
            admission.get(),
            outlet,
            wake ->
                allowed(
                    viewer,
                    found,
                    new LogSource(
                        new CatchUp(found, query, tails),
                        subprotocol.view(query.progress()),
                        query.bar() ? Optional.of(new LiveBar()) : Optional.empty(),
                        subprotocol,
                        limits,
                        dropped::add,
                        delay -> workers.after(delay, wake),
                        wake))));
  }

  /** Ends a log for who is taken out of the tokens, or may see its run no longer. */
  private static AllowedSource<String> allowed(
      Viewer viewer, RunDirectory run, Source<String> source) {
    return new AllowedSource<>(
        source, () -> viewer.isKnown() && viewer.sees(run.location()), "Run not found");
  }

  /** Looks for a run; where that fails, the client's place is free again. */
  private Optional<RunDirectory> find(String id, Viewer viewer, Clients.Admission admission) {
    try {
      return new SeenRuns(runs, viewer).find(id);
    } catch (UncheckedIOException silent) {
      throw silent; // Refused in words, which gives the place back.
    } catch (RuntimeException | Error failure) {
      admission.giveBack();
      throw failure;
    }
  }

  /** Refused, a client need not wait for the socket's end before it asks for something else. */
  private Optional<Client<String>> refuse(
      Clients.Admission admission, SessionOutlet outlet, Refusal refusal) {
    admission.giveBack();
    return Optional.of(clients.open(outlet, wake -> refusal));
  }

  @Override
  public String kind() {
    return "log_sockets";
  }

  /** Returns how many clients there are. */
  @Override
  public int size() {
    return clients.size();
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  /** Returns how many of them have been told to go. */
  int leaving() {
    return clients.leaving();
  }

  /** Closes all sockets before the server stops. */
  void leave(@Observes Farewell farewell) {
    close();
  }

  /** Closes all sockets while there are still workers for it. */
  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    close();
  }

  void close() {
    clients.close();
  }
}
