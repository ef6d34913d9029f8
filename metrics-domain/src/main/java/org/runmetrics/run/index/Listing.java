package org.runmetrics.run.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.runmetrics.run.RunDirectory;

/**
 * What a walk through a storage root found.
 *
 * @param runs in the order of their paths
 * @param byId the same runs by their ids
 * @param holders where the runs were found, in the same order
 * @param linked directories in which something may change where no watch sees it
 */
record Listing(
    List<RunDirectory> runs,
    Map<String, RunDirectory> byId,
    List<Directory> holders,
    List<Directory> linked) {

  static final Listing EMPTY = of(List.of(), List.of(), List.of());

  static Listing of(List<RunDirectory> runs, List<Directory> holders, List<Directory> visited) {
    Map<String, RunDirectory> byId = new HashMap<>();
    runs.forEach(run -> byId.put(run.id().value(), run));
    return new Listing(
        List.copyOf(runs),
        byId,
        List.copyOf(holders),
        visited.stream().filter(Directory::holdsLinks).toList());
  }
}
