package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.query.NumberRange;
import org.runmetrics.run.query.ParameterFilter;
import org.runmetrics.run.query.RunFilter;
import org.runmetrics.run.query.RunPage;
import org.runmetrics.run.query.RunSearch;
import org.runmetrics.run.query.WantedValue;
import org.runmetrics.web.answer.ExperimentJson;
import org.runmetrics.web.answer.RunJson;

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
 *   <li>{@code param.<name>} compares a parameter as {@link WantedValue#matches} says; of several
 *       values of one parameter any will do.
 *   <li>{@code fields} names what else is told of each run, {@code parameters} or {@code summary}.
 *   <li>{@code order_by} may also be {@code param.<name>} or {@code metric.<name>}. It is the
 *       creation unless said otherwise, and the order descends unless {@code order_desc} is false.
 *       What {@link RunField#order} says of ties and gaps holds.
 *   <li>{@code page} counts from 1, {@code per_page} is {@value #DEFAULT_SIZE} unless said
 *       otherwise. A page after the last is empty.
 * </ul>
 *
 * @param filter which runs
 * @param parameters what they must have been started with
 * @param parts what else is told of each
 * @param order their order
 * @param page which page of them
 * @param perPage how many to a page
 */
public record ExperimentsQuery(
    RunFilter filter,
    ParameterFilter parameters,
    Set<RunJson.Part> parts,
    ListOrder order,
    int page,
    int perPage) {
  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_SIZE = 1000;

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
            "order_desc",
            "fields",
            ListOrder.PARAMETER + "<name>");
    return new ExperimentsQuery(
        filter(parameters),
        parameters(parameters),
        parts(parameters),
        ListOrder.of(parameters),
        parameters.integer("page", 1, Integer.MAX_VALUE).orElse(1),
        parameters.integer("per_page", 1, MAX_SIZE).orElse(DEFAULT_SIZE));
  }

  /**
   * Answers the query with what the index knows.
   *
   * @param runs asked also for what runs have logged if they are to be ordered by it
   * @return the page but for its time, see {@link ExperimentJson#timed}
   */
  public byte[] answer(RequestedRuns runs) {
    if (parameters.wanted().isEmpty() && parts.isEmpty() && !order.needsFacts()) {
      return ExperimentJson.page(
          RunPage.of(runs.seen().runs(), filter, order.ofRuns(), page, perPage));
    }
    List<RunFacts> wanted =
        runs.seen().facts().stream()
            .filter(run -> filter.test(run.info()) && parameters.test(run))
            .toList();
    Comparator<RunFacts> byOrder = order.ofFacts(wanted, runs);
    return ExperimentJson.page(RunPage.of(wanted, run -> true, byOrder, page, perPage), parts);
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

  private static ParameterFilter parameters(Parameters parameters) {
    Map<String, Set<WantedValue>> wanted = new TreeMap<>();
    parameters
        .startingWith(ListOrder.PARAMETER)
        .forEach(
            (name, texts) ->
                wanted.put(name, texts.stream().map(WantedValue::of).collect(Collectors.toSet())));
    return new ParameterFilter(wanted);
  }

  private static Set<RunJson.Part> parts(Parameters parameters) {
    Set<RunJson.Part> parts = EnumSet.noneOf(RunJson.Part.class);
    for (String field : parameters.texts("fields")) {
      switch (field) {
        case "parameters" -> parts.add(RunJson.Part.PARAMETERS);
        case "summary" -> parts.add(RunJson.Part.SUMMARY);
        default ->
            throw Parameters.wrong(
                "fields", "parameters, summary or both with a comma between", field);
      }
    }
    return parts;
  }

  private static OptionalDouble seconds(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }
}
