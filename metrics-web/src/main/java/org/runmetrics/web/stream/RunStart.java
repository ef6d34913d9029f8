package org.runmetrics.web.stream;

import java.util.Optional;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.series.Position;

/**
 * One run of a stream of many.
 *
 * @param id the id as it was asked for
 * @param seen the runs that are there for the client
 * @param run the run, if it is among them
 * @param heard how far the client has heard of it
 */
record RunStart(String id, SeenRuns seen, Optional<RunDirectory> run, Position heard) {}
