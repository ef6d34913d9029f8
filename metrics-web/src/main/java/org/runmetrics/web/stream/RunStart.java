package org.runmetrics.web.stream;

import java.util.Optional;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.series.Position;

/**
 * One run of a stream of many.
 *
 * @param id the id as it was asked for
 * @param run the run, if it is there
 * @param heard how far the client has heard of it
 */
record RunStart(String id, Optional<RunDirectory> run, Position heard) {}
