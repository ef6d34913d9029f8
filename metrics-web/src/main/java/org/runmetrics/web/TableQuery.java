package org.runmetrics.web;

import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Position;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;

/**
 * What a request wants of a table.
 *
 * @param axis what the rows are ordered by
 * @param sinceStep the step behind which rows are wanted
 * @param sinceTime the time behind which rows are wanted, in seconds since the run's first row
 * @param cursor how far the client has read
 * @param downsample the most rows
 * @param format how to write them
 */
record TableQuery(
    Axis axis,
    OptionalLong sinceStep,
    OptionalDouble sinceTime,
    Optional<Position> cursor,
    OptionalInt downsample,
    TableFormat format) {
  static final int MIN_SAMPLE = 100;
  static final int MAX_SAMPLE = 50_000;

  /** Reads the parameters of a request for the table by step. */
  static TableQuery bySteps(UriInfo uri) {
    Parameters parameters =
        Parameters.of(uri, "cursor", "downsample", "since_step", "missing", "nonfinite");
    return new TableQuery(
        Axis.STEP,
        parameters.whole("since_step"),
        OptionalDouble.empty(),
        parameters.position("cursor"),
        parameters.integer("downsample", MIN_SAMPLE, MAX_SAMPLE),
        TableFormat.of(parameters));
  }

  /** Reads the parameters of a request for the table by time. */
  static TableQuery byTimes(UriInfo uri) {
    Parameters parameters =
        Parameters.of(uri, "cursor", "downsample", "since_time", "missing", "nonfinite");
    return new TableQuery(
        Axis.TIME,
        OptionalLong.empty(),
        parameters.number("since_time"),
        parameters.position("cursor"),
        parameters.integer("downsample", MIN_SAMPLE, MAX_SAMPLE),
        TableFormat.of(parameters));
  }

  /**
   * Answers the query with a table.
   *
   * @param news those of its rows that the client has not read
   */
  TableAnswer answer(Table table, Rows news) {
    Rows rows = news;
    if (sinceStep.isPresent()) {
      rows = rows.and(table.behindStep(sinceStep.getAsLong()));
    }
    if (sinceTime.isPresent()) {
      rows = rows.and(table.behindTime(sinceTime.getAsDouble()));
    }
    Rows sample = downsample.isPresent() ? table.sample(rows, downsample.getAsInt()) : rows;
    return new TableAnswer(table, sample, rows.count(), format);
  }
}
