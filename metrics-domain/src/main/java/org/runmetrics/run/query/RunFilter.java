package org.runmetrics.run.query;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.runmetrics.run.RunInfo;

/**
 * Which runs are wanted: those that meet every condition there is.
 *
 * @param project the project, letter by letter
 * @param name the name, letter by letter
 * @param statuses the tracker's words, any of which will do; all if there are none
 * @param search what must be found in the run's texts
 * @param created epoch seconds; a run that does not say its time is in no range
 * @param bestMetric the best value, whatever metric it is of; a run without is in no range
 */
public record RunFilter(
    Optional<String> project,
    Optional<String> name,
    Set<String> statuses,
    Optional<RunSearch> search,
    NumberRange created,
    NumberRange bestMetric)
    implements Predicate<RunInfo> {
  /** Lets every run through. */
  public static final RunFilter NONE =
      new RunFilter(
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          NumberRange.ALL,
          NumberRange.ALL);

  /** Takes a copy of the statuses. */
  public RunFilter {
    statuses = Set.copyOf(statuses);
  }

  /** Returns whether a run is wanted. */
  @Override
  public boolean test(RunInfo run) {
    return (project.isEmpty() || project.equals(run.project()))
        && (name.isEmpty() || name.equals(run.name()))
        && (statuses.isEmpty() || statuses.contains(run.status().status()))
        && created.contains(run.createdTime())
        && bestMetric.contains(run.bestMetricValue())
        && (search.isEmpty() || search.get().finds(run));
  }
}
