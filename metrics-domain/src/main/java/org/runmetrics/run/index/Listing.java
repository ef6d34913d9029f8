package org.runmetrics.run.index;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.runmetrics.run.RunDirectory;

/**
 * What a walk through a storage root found.
 *
 * @param runs by their ids, in the order of their paths
 * @param holders the directories of the runs, in the same order
 * @param directories all that were visited, parents first
 */
record Listing(
    Map<String, RunDirectory> runs, List<Directory> holders, Map<Path, Directory> directories) {
  static final Listing EMPTY = new Listing(Map.of(), List.of(), Map.of());
}
