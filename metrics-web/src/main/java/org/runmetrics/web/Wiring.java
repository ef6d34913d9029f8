package org.runmetrics.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.curve.DrawThreads;
import org.runmetrics.demo.DemoStorage;
import org.runmetrics.live.AwaitedRuns;
import org.runmetrics.live.LiveMetrics;
import org.runmetrics.live.LiveRuns;
import org.runmetrics.log.LogTails;
import org.runmetrics.log.row.LogRows;
import org.runmetrics.push.Workers;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;
import org.runmetrics.settings.Settings;
import org.runmetrics.watch.FileEvents;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.provider.Logins;

/** Makes the objects of the domain, one of each, and closes them when the application stops. */
@ApplicationScoped
class Wiring {
  private static final Logger LOG = System.getLogger(Wiring.class.getName());

  /**
   * Makes the objects at the start, so that a wrong setting fails the deployment at once and no
   * request waits for the cache to be opened.
   */
  void start(
      @Observes @Initialized(ApplicationScoped.class) Object event,
      Settings settings,
      RunCatalog catalog,
      SeriesCache cache,
      Instance<DemoStorage> demo) {
    Optional<Path> root = settings.storageRoot();
    if (root.isEmpty()) {
      LOG.log(
          Level.INFO,
          "No metrics.storage.root is set: serving demo runs from {0}, of which {1} is training",
          demo.get().path(),
          demo.get().liveRun());
    } else if (catalog.isReadable()) {
      LOG.log(Level.INFO, "Serving the runs in {0}", root.get());
    } else {
      LOG.log(Level.WARNING, "The storage root {0} cannot be read yet", root.get());
    }
  }

  @Produces
  @Singleton
  Settings settings() {
    try {
      return Logins.let(Settings.load());
    } catch (IllegalArgumentException wrong) {
      // Servers bury the cause of a failed deployment under pages of their own.
      LOG.log(Level.ERROR, wrong.getMessage());
      throw wrong;
    }
  }

  @Produces
  @Singleton
  DemoStorage demo() {
    return DemoStorage.start();
  }

  @Produces
  @Singleton
  RunCatalog catalog(Settings settings, Instance<DemoStorage> demo) {
    StorageRoot root = new StorageRoot(settings.storageRoot().orElseGet(() -> demo.get().path()));
    // Where users see only some runs, no run leads to files of another.
    return new RunCatalog(settings.entrance().hasRules() ? root.confined() : root);
  }

  @Produces
  @Singleton
  SeriesCache cache(Settings settings) {
    return new SeriesCache(settings.cache(), settings.scanThreads(), settings.cacheDirectory());
  }

  @Produces
  @Singleton
  DrawThreads drawThreads() {
    return new DrawThreads(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  @Produces
  @Singleton
  FileEvents events(Settings settings, ContainerThreads threads) {
    return new FileEvents(settings.poll(), threads.named("file-events"));
  }

  @Produces
  @Singleton
  Workers workers(ContainerThreads threads) {
    return new Workers(threads.named("runmetrics-push"));
  }

  @Produces
  @Singleton
  Deliveries deliveries(Settings settings, Workers workers, ContainerThreads threads) {
    return new Deliveries(settings, workers, threads.named("runmetrics-answers"));
  }

  @Produces
  @Singleton
  LogTails tails(FileEvents events, Workers workers) {
    return new LogTails(events, workers);
  }

  @Produces
  @Singleton
  LogRows logRows() {
    return new LogRows();
  }

  @Produces
  @Singleton
  LiveMetrics liveMetrics(SeriesCache cache, FileEvents events, Workers workers) {
    return new LiveMetrics(cache, events, workers);
  }

  @Produces
  @Singleton
  LiveRuns liveRuns(RunCatalog catalog, Workers workers) {
    return new LiveRuns(catalog, workers);
  }

  @Produces
  @Singleton
  AwaitedRuns awaitedRuns(RunCatalog catalog, Workers workers) {
    return new AwaitedRuns(catalog, workers);
  }

  void close(@Disposes DemoStorage demo) {
    demo.close();
  }

  void close(@Disposes DrawThreads threads) {
    threads.close();
  }

  void close(@Disposes RunCatalog catalog) {
    catalog.close();
  }

  void close(@Disposes Workers workers) {
    workers.close();
  }

  void close(@Disposes Deliveries deliveries) {
    deliveries.close();
  }

  void close(@Disposes LogTails tails) {
    tails.close();
  }

  void close(@Disposes LiveMetrics live) {
    live.close();
  }

  void close(@Disposes LiveRuns live) {
    live.close();
  }

  void close(@Disposes AwaitedRuns awaited) {
    awaited.close();
  }

  void close(@Disposes SeriesCache cache) {
    cache.close();
  }
}
