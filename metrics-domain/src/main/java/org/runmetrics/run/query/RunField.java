package org.runmetrics.run.query;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.runmetrics.run.RunInfo;

/** What runs can be ordered by. */
public enum RunField {
  /** When the run was created. */
  CREATED_TIME,
  /** The run's id. */
  ID,
  /** The group after its first segment. */
  NAME,
  /** The group's first segment. */
  PROJECT,
  /** The tracker's word. */
  STATUS,
  /** The place in the hierarchy. */
  PATH,
  /** The best value of whatever metric the tracker watched. */
  BEST_METRIC_VALUE;

  private static final Comparator<RunInfo> BY_ID = Comparator.comparing(run -> run.id().value());

  /**
   * Returns an order in which no two runs are equal, so that pages of it fit together.
   *
   * <p>Texts are compared without regard to case. Runs that lack the field come last, up or down.
   * Runs with the same value, and those that lack it, come in the order of their ids.
   */
  public Comparator<RunInfo> order(boolean descending) {
    Comparator<RunInfo> order =
        switch (this) {
          case CREATED_TIME -> byNumber(RunInfo::createdTime, descending);
          case ID -> byText(run -> Optional.of(run.id().value()), descending);
          case NAME -> byText(RunInfo::name, descending);
          case PROJECT -> byText(RunInfo::project, descending);
          case STATUS -> byText(run -> Optional.of(run.status().status()), descending);
          case PATH -> byText(RunField::path, descending);
          case BEST_METRIC_VALUE -> byNumber(RunInfo::bestMetricValue, descending);
        };
    return order.thenComparing(BY_ID);
  }

  private static Optional<String> path(RunInfo run) {
    return Optional.of(run.group()).filter(group -> !group.isEmpty());
  }

  private static Comparator<RunInfo> byNumber(
      Function<RunInfo, OptionalDouble> field, boolean descending) {
    Comparator<RunInfo> values = Comparator.comparingDouble(run -> field.apply(run).orElse(0));
    return Comparator.comparing((RunInfo run) -> field.apply(run).isEmpty())
        .thenComparing(descending ? values.reversed() : values);
  }

  private static Comparator<RunInfo> byText(
      Function<RunInfo, Optional<String>> field, boolean descending) {
    Comparator<RunInfo> values =
        Comparator.comparing(run -> field.apply(run).orElse(""), String.CASE_INSENSITIVE_ORDER);
    return Comparator.comparing((RunInfo run) -> field.apply(run).isEmpty())
        .thenComparing(descending ? values.reversed() : values);
  }
}
