package org.runmetrics.web.query;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Position;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;
import org.runmetrics.web.answer.TableAnswer;
import org.runmetrics.web.answer.TableFormat;

/**
 * What a request wants of a table.
 *
 * @param axis what the rows are ordered by
 * @param sinceStep the step after which rows are wanted
 * @param sinceTime the time after which rows are wanted, in seconds since the run's first row
 * @param cursor how far the client has read
 * @param downsample the most rows
 * @param format how to write them
 */
public record TableQuery(
    Axis axis,
    OptionalLong sinceStep,
    OptionalDouble sinceTime,
    Optional<Position> cursor,
    OptionalInt downsample,
    TableFormat format) {
  static final int MIN_SAMPLE = 100;
  static final int MAX_SAMPLE = 50_000;

  /** Reads the parameters of a request for the table by step. */
  public static TableQuery bySteps(UriInfo uri, List<MediaType> accepted) {
    Parameters parameters =
        Parameters.of(uri, "cursor", "downsample", "since_step", "format", "missing", "nonfinite");
    return new TableQuery(
        Axis.STEP,
        parameters.whole("since_step"),
        OptionalDouble.empty(),
        parameters.position("cursor"),
        parameters.integer("downsample", MIN_SAMPLE, MAX_SAMPLE),
        format(parameters, accepted));
  }

  /** Reads the parameters of a request for the table by time. */
  public static TableQuery byTimes(UriInfo uri, List<MediaType> accepted) {
    Parameters parameters =
        Parameters.of(uri, "cursor", "downsample", "since_time", "format", "missing", "nonfinite");
    return new TableQuery(
        Axis.TIME,
        OptionalLong.empty(),
        parameters.number("since_time"),
        parameters.position("cursor"),
        parameters.integer("downsample", MIN_SAMPLE, MAX_SAMPLE),
        format(parameters, accepted));
  }

  /**
   * Answers the query with a table.
   *
   * @param news those of its rows that the client has not read
   * @param run the run's id
   */
  public TableAnswer answer(Table table, Rows news, String run) {
    Rows rows = news;
    if (sinceStep.isPresent()) {
      rows = rows.and(table.behindStep(sinceStep.getAsLong()));
    }
    if (sinceTime.isPresent()) {
      rows = rows.and(table.behindTime(sinceTime.getAsDouble()));
    }
    Rows sample = downsample.isPresent() ? table.sample(rows, downsample.getAsInt()) : rows;
    String name = run + (axis == Axis.STEP ? "_by_step" : "_by_time");
    return new TableAnswer(table, sample, rows.count(), format, name);
  }

  /**
   * Reads how a table is to be written.
   *
   * @param accepted the media types that the client accepts, the best first
   */
  private static TableFormat format(Parameters parameters, List<MediaType> accepted) {
    return new TableFormat(
        layout(parameters, accepted),
        parameters.choice("missing", "absent", "null").equals("null"),
        parameters.choice("nonfinite", "null", "string").equals("string"));
  }

  private static TableFormat.Layout layout(Parameters parameters, List<MediaType> accepted) {
    if (parameters.text("format").isPresent()) {
      return switch (parameters.choice("format", "json", "csv", "jsonl", "columns")) {
        case "csv" -> TableFormat.Layout.CSV;
        case "jsonl" -> TableFormat.Layout.JSONL;
        case "columns" -> TableFormat.Layout.COLUMNS;
        default -> TableFormat.Layout.JSON;
      };
    }
    for (MediaType type : accepted) {
      if (Double.parseDouble(type.getParameters().getOrDefault("q", "1")) == 0) {
        continue;
      }
      for (TableFormat.Layout layout :
          List.of(TableFormat.Layout.JSON, TableFormat.Layout.CSV, TableFormat.Layout.JSONL)) {
        if (layout.isAcceptedAs(type)) {
          return layout;
        }
      }
    }
    return TableFormat.Layout.JSON;
  }
}
