package org.runmetrics.access;

import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Someone who looks at runs.
 *
 * <p>What they may see is asked for each time, as rules may change.
 */
public final class Viewer {
  /** Whoever comes to a server without a login, and sees all. */
  public static final Viewer GUEST =
      new Viewer(Optional.empty(), Set.of(), Optional.empty(), () -> true);

  private final Optional<String> name;
  private final Set<String> groups;
  private final Optional<Rules> rules;
  private final BooleanSupplier known;

  private Viewer(
      Optional<String> name, Set<String> groups, Optional<Rules> rules, BooleanSupplier known) {
    this.name = name;
    this.groups = groups;
    this.rules = rules;
    this.known = known;
  }

  /**
   * Returns somebody whom rules may keep from seeing all.
   *
   * @param groups that they are in beside those of the rules, without an {@code @}
   * @param known whether the token that they came with is still theirs
   */
  static Viewer named(
      String name, Set<String> groups, Optional<Rules> rules, BooleanSupplier known) {
    return new Viewer(Optional.of(name), groups, rules, known);
  }

  /** Returns whether they would be let in now, for what lasts longer than a request. */
  public boolean isKnown() {
    return known.getAsBoolean();
  }

  /** Returns the name, or nothing where nobody has to say who they are. */
  public Optional<String> name() {
    return name;
  }

  /**
   * Returns whether they see a run.
   *
   * @param location where it lies below the folder of runs, without links
   */
  public boolean sees(String location) {
    return rules.isEmpty() || rules.get().allow(name.orElse(""), groups, location);
  }

  /** Returns whether rules say what they see, which may change. */
  public boolean hasRules() {
    return rules.isPresent();
  }

  /** Returns whether they see all runs there are, and those that come. */
  public boolean seesAll() {
    return rules.isEmpty() || rules.get().allowAll(name.orElse(""), groups);
  }

  /** Returns something that is the same as long as they see the same runs of the same. */
  public Object version() {
    return rules.isEmpty() ? "" : rules.get().version();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Viewer viewer
        && name.equals(viewer.name)
        && groups.equals(viewer.groups)
        && rules.equals(viewer.rules);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name.orElse("guest");
  }
}
