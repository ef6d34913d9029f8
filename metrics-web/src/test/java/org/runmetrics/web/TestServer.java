package org.runmetrics.web;

import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.servlet.FilterRegistration;
import org.glassfish.grizzly.servlet.ServletRegistration;
import org.glassfish.grizzly.servlet.WebappContext;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.curve.DrawThreads;
import org.runmetrics.live.AwaitedRuns;
import org.runmetrics.live.LiveMetrics;
import org.runmetrics.live.LiveRuns;
import org.runmetrics.log.row.LogRows;
import org.runmetrics.push.Pace;
import org.runmetrics.push.Workers;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;
import org.runmetrics.settings.Settings;
import org.runmetrics.watch.FileEvents;
import org.runmetrics.web.answer.RowsText;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.AccessFilter;
import org.runmetrics.web.http.RateLimiter;
import org.runmetrics.web.http.RecentAnswers;
import org.runmetrics.web.log.RequestedLogs;
import org.runmetrics.web.log.Searches;
import org.runmetrics.web.login.LoginFilter;
import org.runmetrics.web.operation.AccessLog;
import org.runmetrics.web.operation.Figures;
import org.runmetrics.web.operation.Readiness;
import org.runmetrics.web.operation.RequestFilter;
import org.runmetrics.web.operation.Requests;
import org.runmetrics.web.operation.Stop;
import org.runmetrics.web.provider.Logins;
import org.runmetrics.web.query.Viewers;
import org.runmetrics.web.stream.EventStreams;
import org.runmetrics.web.stream.StreamFilter;
import org.runmetrics.web.stream.StreamSources;

/** The resources on an embedded Jersey at a free port of the loopback interface. */
public final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final SeriesCache cache;
  private final RunCatalog catalog;
  private final LiveMetrics live;
  private final LiveRuns liveRuns;
  private final AwaitedRuns awaited;
  private final EventStreams streams;
  private final Workers workers;
  private final FileEvents events;
  private final Stop stop;

  /** Grizzly tells no type of a long answer to a client that offers HTTP/2. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;

  private TestServer(
      HttpServer server,
      SeriesCache cache,
      RunCatalog catalog,
      LiveMetrics live,
      LiveRuns liveRuns,
      AwaitedRuns awaited,
      EventStreams streams,
      Workers workers,
      FileEvents events,
      Stop stop) {
    this.stop = stop;
    this.server = server;
    this.cache = cache;
    this.catalog = catalog;
    this.live = live;
    this.liveRuns = liveRuns;
    this.awaited = awaited;
    this.streams = streams;
    this.workers = workers;
    this.events = events;
    this.base = URI.create("http://127.0.0.1:" + server.getListener("http").getPort());
  }

  /** Serves a storage root without rate limits. */
  public static TestServer of(Path root) throws IOException {
    return of(root, Map.of("metrics.ratelimit.enabled", "false"));
  }

  /** Serves a storage root with settings by name. */
  public static TestServer of(Path root, Map<String, String> values) throws IOException {
    Settings settings = Logins.let(Settings.from(name -> Optional.ofNullable(values.get(name))));
    SeriesCache cache = new SeriesCache(settings.cache(), settings.scanThreads());
    StorageRoot storage = new StorageRoot(root);
    RunCatalog catalog =
        new RunCatalog(settings.entrance().hasRules() ? storage.confined() : storage);
    DrawThreads threads = new DrawThreads(1);
    FileEvents events = new FileEvents();
    Workers workers = new Workers(work -> new Thread(work, "runmetrics-push"));
    LiveMetrics live = new LiveMetrics(cache, events, workers);
    LiveRuns liveRuns = new LiveRuns(catalog, workers);
    AwaitedRuns awaited = new AwaitedRuns(catalog, workers);
    EventStreams streams =
        new EventStreams(
            settings,
            workers,
            new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2)));
    Deliveries deliveries =
        new Deliveries(
            settings,
            workers,
            work -> new Thread(work, "runmetrics-answers"),
            Duration.ofSeconds(2));
    Requests requests = new Requests();
    Stop stop = new Stop(requests, farewell -> streams.close(), settings.stop());
    Readiness readiness = new Readiness(catalog, cache, stop);
    Figures figures = new Figures(cache, catalog, requests, readiness, List.of(streams));
    Viewers viewers = new Viewers(catalog, cache);
    ResourceConfig resources =
        new ResourceConfig()
            .packages(TestServer.class.getPackageName())
            .property(ServerProperties.WADL_FEATURE_DISABLE, true)
            .register(
                new AbstractBinder() {
                  @Override
                  protected void configure() {
                    bind(settings).to(Settings.class);
                    bind(catalog).to(RunCatalog.class);
                    bind(cache).to(SeriesCache.class);
                    bind(deliveries).to(Deliveries.class);
                    bind(readiness).to(Readiness.class);
                    bind(figures).to(Figures.class);
                    bind(threads).to(DrawThreads.class);
                    bind(live).to(LiveMetrics.class);
                    bind(liveRuns).to(LiveRuns.class);
                    bind(viewers).to(Viewers.class);
                    bind(new LogRows()).to(LogRows.class);
                    bind(RequestedLogs.class).to(RequestedLogs.class).in(Singleton.class);
                    bind(Searches.class).to(Searches.class).in(Singleton.class);
                    bind(RecentAnswers.class).to(RecentAnswers.class).in(Singleton.class);
                    bind(RateLimiter.class).to(RateLimiter.class).in(Singleton.class);
                  }
                });
    HttpServer server = new HttpServer();
    NetworkListener listener = new NetworkListener("http", "127.0.0.1", 0);
    // As the jar has it: Grizzly keeps four times as much of what a client does not take.
    listener.getTransport().setWriteBufferSize(64 << 10);
    server.addListener(listener);
    WebappContext context = new WebappContext("metrics");
    AccessLog log = new AccessLog(settings, workers);
    FilterRegistration follow =
        context.addFilter("requests", new RequestFilter(requests, figures, log, settings));
    follow.setAsyncSupported(true);
    follow.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), "/*");
    FilterRegistration access = context.addFilter("access", new AccessFilter(settings));
    access.setAsyncSupported(true);
    access.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), "/*");
    FilterRegistration login = context.addFilter("login", new LoginFilter(settings));
    login.setAsyncSupported(true);
    login.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), "/api/*");
    FilterRegistration filter =
        context.addFilter(
            "streams",
            new StreamFilter(
                streams,
                viewers,
                new StreamSources(live, liveRuns, awaited, new RowsText()),
                settings));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST), "/api/runs/*", "/api/v2/series/stream");
    ServletRegistration servlet = context.addServlet("api", new ServletContainer(resources));
    servlet.addMapping("/api/*");
    servlet.setLoadOnStartup(1);
    servlet.setAsyncSupported(true);
    context.deploy(server);
    server.start();
    return new TestServer(
        server, cache, catalog, live, liveRuns, awaited, streams, workers, events, stop);
  }

  /** Returns the port of the loopback interface. */
  public int port() {
    return base.getPort();
  }

  public SeriesCache cache() {
    return cache;
  }

  public EventStreams streams() {
    return streams;
  }

  public Stop stop() {
    return stop;
  }

  /** Tells whether nobody listens to anything, and nothing is watched for anybody. */
  public boolean isQuiet() {
    return streams.size() == 0
        && live.size() == 0
        && !liveRuns.isListenedTo()
        && awaited.size() == 0
        && events.directories() == 0;
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  public HttpResponse<String> send(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks with an address and a host as they stand, which the usual client would mend. */
  public String raw(String path, String host, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
      for (String header : headers) {
        request += header + "\r\n";
      }
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Returns the JSON of an answer that must be 200. */
  public JsonStructure json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answers " + response.statusCode() + response.body());
    }
    return parse(response.body());
  }

  public JsonObject object(String path) {
    return json(path).asJsonObject();
  }

  public static JsonStructure parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.read();
    }
  }

  @Override
  public void close() {
    streams.close();
    workers.close();
    live.close();
    liveRuns.close();
    awaited.close();
    server.shutdownNow();
    cache.close();
    catalog.close();
  }
}
