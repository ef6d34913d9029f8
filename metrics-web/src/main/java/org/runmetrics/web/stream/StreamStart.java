package org.runmetrics.web.stream;

import java.util.List;
import java.util.Optional;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.live.RunPlaces;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.series.Position;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.RequestedRuns;
import org.runmetrics.web.query.StreamQuery;

/**
 * Finds where a stream of a run begins, or what is wrong with the request.
 *
 * @param runs those that are there for who sent it
 */
record StreamStart(RequestedRuns runs) {

  /** Returns the ids of the runs that a stream of many is to be of. */
  List<String> ids(StreamQuery query) {
    return query.ids(id -> runs.find(id).isPresent());
  }

  /** Returns the runs of a stream of many, and where it begins. */
  List<RunStart> starts(StreamQuery query) {
    return ids(query).stream().map(id -> start(id, query.places())).toList();
  }

  private RunStart start(String id, Optional<RunPlaces> places) {
    Optional<RunDirectory> run = runs.find(id);
    return new RunStart(
        id,
        runs.seen(),
        run,
        places.isPresent()
            ? places.get().of(id).map(told -> runs.position(run, told)).orElse(Position.START)
            : run.map(runs::position).orElse(Position.START));
  }

  RunDirectory run(String id) {
    return runs.run(id);
  }

  /**
   * Returns the place after which a client wants to be told, now if it names none.
   *
   * @param lastEventId what browsers send on their own when they come back, so it wins
   */
  MetricsPlace place(RunDirectory run, Parameters parameters, Optional<String> lastEventId) {
    return Parameters.lastEventId(lastEventId)
        .map(MetricsPlace::back)
        .or(() -> parameters.start("cursor").map(MetricsPlace::of))
        // Now, as nothing may fall between the headers and what is sent.
        .orElseGet(() -> MetricsPlace.of(runs.series(run).position()));
  }
}
