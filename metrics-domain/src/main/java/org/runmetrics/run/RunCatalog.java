package org.runmetrics.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which runs there are, and where.
 *
 * <p>A run that was found before is looked up without a walk; an unknown id costs one. Safe for use
 * by several threads.
 */
public final class RunCatalog {
  private final StorageRoot root;

  /** The runs of the last walk by id; replaced as a whole. */
  private volatile Map<String, RunDirectory> known = Map.of();

  /** Serves the runs under a storage root. */
  public RunCatalog(StorageRoot root) {
    this.root = root;
  }

  /** Finds a run by the id that a client named. */
  public Optional<RunDirectory> find(String id) {
    Optional<RunId> runId = RunId.parse(id);
    if (runId.isEmpty()) {
      return Optional.empty();
    }
    RunDirectory last = known.get(id);
    if (last != null && last.isRun()) {
      return Optional.of(last);
    }
    scan();
    return Optional.ofNullable(known.get(id));
  }

  /** Returns all runs that exist now, in the order of their paths. */
  public List<RunDirectory> runs() {
    return scan();
  }

  /** Tells whether the storage root can be read now. */
  public boolean isReadable() {
    return root.isReadable();
  }

  private List<RunDirectory> scan() {
    List<RunDirectory> runs = root.scan();
    known = runs.stream().collect(Collectors.toMap(run -> run.id().value(), Function.identity()));
    return runs;
  }
}
