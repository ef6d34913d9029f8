package org.runmetrics.access;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Who sees which runs, as a file says.
 *
 * <p>A run that no line is about is seen by nobody. Of several lines about one run each lets in
 * those that it names. The file is read again when it changes; see {@link WatchedFile}. Safe for
 * use by several threads.
 */
final class Rules {
  /** The setting that names the file. */
  static final String SETTING = "metrics.auth.rules";

  private final WatchedFile<RuleLine> file;

  /** What follows from the file for each user, for the lines that it had; replaced as a whole. */
  private volatile Known known = new Known(List.of(), new ConcurrentHashMap<>());

  /** What each user sees by some lines. */
  private record Known(List<RuleLine> lines, Map<Asker, Sight> sights) {}

  /** A user, and the groups that they are in beside those of the file, without an {@code @}. */
  private record Asker(String user, Set<String> groups) {}

  /**
   * What a user sees.
   *
   * @param all whether that is all runs, be there some or none
   * @param grants what it is otherwise
   */
  private record Sight(boolean all, List<RuleLine.Grant> grants) {
    private boolean sees(String location) {
      return all || grants.stream().anyMatch(grant -> grant.isOf(location));
    }
  }

  private Rules(WatchedFile<RuleLine> file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the setting, and the line that is wrong
   */
  static Rules open(Path path) {
    return new Rules(WatchedFile.open(SETTING, path, RuleLine::parse));
  }

  /** Returns whether a user sees the run at a location, such as {@code team-a/lr/20250114_15}. */
  boolean allow(String user, Set<String> groups, String location) {
    return sight(new Asker(user, groups)).sees(location);
  }

  /** Returns whether a user sees all runs, so that figures of all tell nothing more. */
  boolean allowAll(String user, Set<String> groups) {
    return sight(new Asker(user, groups)).all();
  }

  /** Returns what the rules are, so that what was found by them can be kept until they change. */
  Object version() {
    return file.lines();
  }

  @SuppressWarnings("ReferenceEquality") // It is the same list until the file changes.
  private Sight sight(Asker asker) {
    List<RuleLine> lines = file.lines();
    Known now = known;
    if (now.lines() != lines) {
      now = new Known(lines, new ConcurrentHashMap<>());
      known = now;
    }
    return now.sights().computeIfAbsent(asker, it -> of(it, lines));
  }

  private static Sight of(Asker asker, List<RuleLine> lines) {
    Set<String> names = new HashSet<>(Set.of(asker.user(), RuleLine.ALL));
    asker.groups().forEach(group -> names.add(RuleLine.GROUP + group));
    // Groups may hold groups: on until no more are found.
    Predicate<RuleLine> named = line -> line.names().stream().anyMatch(names::contains);
    boolean more = true;
    while (more) {
      more = false;
      for (RuleLine line : lines) {
        more |= line instanceof RuleLine.Group group && named.test(line) && names.add(group.name());
      }
    }
    List<RuleLine.Grant> grants =
        lines.stream()
            .filter(named)
            .filter(RuleLine.Grant.class::isInstance)
            .map(RuleLine.Grant.class::cast)
            .toList();
    return new Sight(grants.stream().anyMatch(RuleLine.Grant::isOfAll), grants);
  }
}
