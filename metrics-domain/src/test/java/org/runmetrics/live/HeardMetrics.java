package org.runmetrics.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.runmetrics.json.Json;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.series.Position;
import org.runmetrics.view.TableRows;

/** What a listener knows of a run by what it is told. */
final class HeardMetrics {
  private final Semaphore woken = new Semaphore(0);
  private final Map<Long, Map<String, Json>> rows;
  private final List<MetricsChange> changes = new ArrayList<>();
  private final Seat<MetricsPlace, MetricsChange> seat;
  private int resets;
  private Optional<String> status = Optional.empty();

  private HeardMetrics(
      LiveMetrics live, RunDirectory run, Position read, Map<Long, Map<String, Json>> rows)
      throws InterruptedException {
    this.rows = new TreeMap<>(rows);
    this.seat = live.join(run, MetricsPlace.of(read), woken::release);
    awaitWake();
  }

  /** Listens from where somebody stopped who knew some rows. */
  static HeardMetrics from(
      LiveMetrics live, RunDirectory run, Position read, Map<Long, Map<String, Json>> rows)
      throws InterruptedException {
    return new HeardMetrics(live, run, read, rows);
  }

  /** Takes changes until something is true. */
  void await(BooleanSupplier condition) throws IOException, InterruptedException {
    take();
    while (!condition.getAsBoolean()) {
      awaitWake();
      take();
    }
  }

  Map<Long, Map<String, Json>> rows() {
    return rows;
  }

  List<MetricsChange> changes() {
    return changes;
  }

  int resets() {
    return resets;
  }

  Optional<String> status() {
    return status;
  }

  Position position() {
    return seat.place().position();
  }

  boolean isOver() {
    return seat.isOver();
  }

  void leave() {
    seat.leave();
  }

  private void awaitWake() throws InterruptedException {
    if (!woken.tryAcquire(20, TimeUnit.SECONDS)) {
      throw new AssertionError("Nothing is heard, after " + rows);
    }
  }

  private void take() throws IOException {
    if (seat.isOver()) {
      return;
    }
    Optional<MetricsChange> change = seat.next();
    if (change.isEmpty()) {
      return;
    }
    changes.add(change.get());
    if (change.get().reset()) {
      resets++;
      rows.clear();
    }
    TableRows.forEach(change.get().table(), change.get().rows(), rows::put);
    status = change.get().status().or(() -> status);
  }
}
