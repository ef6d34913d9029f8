package org.runmetrics.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.runmetrics.run.RunId;
import org.runmetrics.run.RunInfo;

/**
 * What changed in the list of runs.
 *
 * @param told runs that are new or say something else
 * @param removed runs that are there no more, and what they said last
 */
public record RunsChange(List<RunInfo> told, List<RunInfo> removed) implements Change {

  /** Compares two lists. */
  public static RunsChange between(List<RunInfo> earlier, List<RunInfo> later) {
    Map<RunId, RunInfo> left = new HashMap<>(2 * earlier.size());
    earlier.forEach(run -> left.put(run.id(), run));
    List<RunInfo> told = new ArrayList<>();
    for (RunInfo run : later) {
      RunInfo before = left.remove(run.id());
      if (!run.equals(before)) {
        told.add(run);
      }
    }
    return new RunsChange(told, List.copyOf(left.values()));
  }

  @Override
  public boolean isEmpty() {
    return told.isEmpty() && removed.isEmpty();
  }
}
