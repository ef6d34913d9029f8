package org.runmetrics.run.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunId;
import org.runmetrics.run.RunInfo;

/**
 * Which runs there are, and where.
 *
 * <p>A run that was found before is looked up without a walk. The first unknown id costs a walk, so
 * that one question starts no watch; whoever asks again is answered by the index. All questions
 * fail with an {@link java.io.UncheckedIOException} of a {@link
 * org.runmetrics.file.SilentDiskException} while the disk does not answer. Safe for use by several
 * threads.
 */
public final class RunCatalog implements AutoCloseable {
  private final AskedIndex index;
  private final ReadableProbe probe;

  /** The runs by id, as they were last found; replaced as a whole. */
  private volatile Map<String, RunDirectory> known = Map.of();

  private volatile boolean walked;

  /** Serves the runs under a storage root. */
  public RunCatalog(StorageRoot root) {
    this.index = new AskedIndex(() -> new RunIndex(root), AskedIndex.Patience.DEFAULT);
    this.probe = new ReadableProbe(root);
  }

  /** Finds a run by the id that a client named. */
  public Optional<RunDirectory> find(String id) {
    Optional<RunId> runId = RunId.parse(id);
    if (runId.isEmpty()) {
      return Optional.empty();
    }
    RunDirectory last = known.get(id);
    if (last != null && !isSilent() && last.isRun()) {
      return Optional.of(last);
    }
    known = walked ? directories() : index.ask(RunIndex::walk);
    walked = true;
    return Optional.ofNullable(known.get(id)).filter(RunDirectory::isRun);
  }

  /** Returns the runs that exist now, by their ids. */
  public Map<String, RunDirectory> directories() {
    walked = true;
    long asked = System.nanoTime();
    return index.ask(all -> all.directories(asked));
  }

  /**
   * Returns what all runs say that exist now, in the order of their paths, which is the tracker's.
   *
   * <p>It is the same list until something changes. {@code RunField.CREATED_TIME.order(true)} puts
   * the newest first.
   */
  public List<RunInfo> runs() {
    walked = true;
    long asked = System.nanoTime();
    return index.ask(all -> all.runs(asked));
  }

  /**
   * Returns all runs with what they were started with and what came of them, in the same order.
   *
   * <p>The first question reads two more files of each run.
   */
  public List<RunFacts> facts() {
    walked = true;
    long asked = System.nanoTime();
    return index.ask(all -> all.facts(asked));
  }

  /** Returns whether the storage root can be read now; within a second, also if it is silent. */
  public boolean isReadable() {
    return !index.isSilent() && probe.isReadable();
  }

  /** Looks at nothing itself, so that it costs nothing. */
  private boolean isSilent() {
    return index.isSilent() || probe.isLate();
  }

  /** Ends the watch; questions are still answered. */
  @Override
  public void close() {
    index.close();
  }
}
