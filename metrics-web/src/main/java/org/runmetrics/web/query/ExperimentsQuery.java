package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.query.NumberRange;
import org.runmetrics.run.query.RunField;
import org.runmetrics.run.query.RunFilter;
import org.runmetrics.run.query.RunPage;
import org.runmetrics.run.query.RunSearch;

/**
 * Which experiments a request wants, and how.
 *
 * <ul>
 *   <li>{@code project} and {@code name} are compared letter by letter; {@code status} may be
 *       several words with commas between them.
 *   <li>{@code search} is looked for in id, path, project, name, alias and tags, in any case.
 *   <li>{@code created_after}, {@code created_before}, {@code best_metric_min} and {@code
 *       best_metric_max} include what they name. Times are epoch seconds or ISO 8601; a date means
 *       the whole day, so that it is included from its first second and up to its last.
 *   <li>{@code order_by} is the creation unless said otherwise, and the order descends unless
 *       {@code order_desc} is false. What {@link RunField#order} says of ties and gaps holds.
 *   <li>{@code page} counts from 1, {@code per_page} is {@value #DEFAULT_SIZE} unless said
 *       otherwise. A page after the last is empty.
 * </ul>
 *
 * @param filter which runs
 * @param order their order
 * @param page which page of them
 * @param perPage how many to a page
 */
public record ExperimentsQuery(RunFilter filter, Comparator<RunInfo> order, int page, int perPage) {
  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_SIZE = 1000;

  /** What the list of runs calls {@code created_time}, the V2 API calls so. */
  private static final String CREATED_AT = "created_at";

  /** Reads the parameters of a request. */
  public static ExperimentsQuery of(UriInfo uri) {
    Parameters parameters =
        Parameters.of(
            uri,
            "project",
            "name",
            "status",
            "search",
            "created_after",
            "created_before",
            "best_metric_min",
            "best_metric_max",
            "page",
            "per_page",
            "order_by",
            "order_desc");
    return new ExperimentsQuery(
        filter(parameters),
        order(parameters),
        parameters.integer("page", 1, Integer.MAX_VALUE).orElse(1),
        parameters.integer("per_page", 1, MAX_SIZE).orElse(DEFAULT_SIZE));
  }

  /** Answers the query with what the index knows. */
  public RunPage answer(List<RunInfo> runs) {
    return RunPage.of(runs, filter, order, page, perPage);
  }

  private static RunFilter filter(Parameters parameters) {
    return new RunFilter(
        parameters.text("project"),
        parameters.text("name"),
        Set.copyOf(parameters.texts("status")),
        parameters.text("search").map(RunSearch::of),
        new NumberRange(
            seconds(parameters.moment("created_after").map(Moment::first)),
            seconds(parameters.moment("created_before").map(Moment::last))),
        new NumberRange(
            parameters.number("best_metric_min"), parameters.number("best_metric_max")));
  }

  private static Comparator<RunInfo> order(Parameters parameters) {
    String name =
        parameters.choice(
            "order_by",
            "created_time",
            CREATED_AT,
            "id",
            "name",
            "project",
            "status",
            "path",
            "best_metric_value");
    RunField field =
        name.equals(CREATED_AT)
            ? RunField.CREATED_TIME
            : RunField.valueOf(name.toUpperCase(Locale.ROOT));
    return field.order(parameters.flag("order_desc", true));
  }

  private static OptionalDouble seconds(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }
}
