package org.runmetrics.run.query;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.runmetrics.json.Json;
import org.runmetrics.run.RunFacts;

/**
 * Orders of runs by what they were started with and what came of them.
 *
 * <p>As in {@link RunField#order} runs that lack a value come last, up or down, and those with the
 * same value in the order of their ids.
 */
public final class FactsOrder {
  private static final Comparator<RunFacts> BY_ID =
      Comparator.comparing(run -> run.info().id().value());

  private static final Comparator<Json> BY_VALUE =
      Comparator.comparing((Json value) -> value instanceof Json.Text)
          .thenComparing(FactsOrder::number)
          .thenComparing(FactsOrder::text, String.CASE_INSENSITIVE_ORDER);

  private FactsOrder() {}

  /** Returns the order by a parameter: false and true as 0 and 1 among numbers, then texts. */
  public static Comparator<RunFacts> ofParameter(String name, boolean descending) {
    return of(
        run -> run.parameters().fields().value(name).filter(FactsOrder::isOrdered), descending);
  }

  /** Returns the order by a number. */
  public static Comparator<RunFacts> ofNumber(
      Function<RunFacts, OptionalDouble> number, boolean descending) {
    return of(run -> decimal(number.apply(run)), descending);
  }

  /**
   * Returns what a run's own files say of a metric: its best value if it is the metric that the
   * tracker watched, or else the number of that name in its summary.
   */
  public static OptionalDouble told(RunFacts run, String metric) {
    return run.info().bestMetricName().filter(metric::equals).isPresent()
            && run.info().bestMetricValue().isPresent()
        ? run.info().bestMetricValue()
        : run.summary().fields().finite(metric);
  }

  private static Comparator<RunFacts> of(
      Function<RunFacts, Optional<Json>> value, boolean descending) {
    Comparator<Json> order = descending ? BY_VALUE.reversed() : BY_VALUE;
    Comparator<RunFacts> byValue =
        (one, other) -> {
          Optional<Json> first = value.apply(one);
          Optional<Json> second = value.apply(other);
          return first.isPresent() && second.isPresent()
              ? order.compare(first.get(), second.get())
              : Boolean.compare(first.isEmpty(), second.isEmpty());
        };
    return byValue.thenComparing(BY_ID);
  }

  private static Optional<Json> decimal(OptionalDouble number) {
    return number.isPresent()
        ? Optional.of(new Json.Decimal(number.getAsDouble()))
        : Optional.empty();
  }

  /** Lists, null and NaN are no values to be ordered by. */
  private static boolean isOrdered(Json value) {
    return value instanceof Json.Text || !Double.isNaN(number(value));
  }

  private static double number(Json value) {
    return value instanceof Json.Flag flag
        ? (flag.value() ? 1 : 0)
        : WantedValue.number(value).orElse(Double.NaN);
  }

  private static String text(Json value) {
    return value instanceof Json.Text text ? text.value() : "";
  }
}
