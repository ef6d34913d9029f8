package org.runmetrics.run.index;

import java.util.Optional;

/** What a directory may be, by where in a storage root it lies. */
enum Place {
  /** The storage root itself. */
  ROOT,
  /** The folder of runs in the root. */
  RUNS,
  /** A run, or else a group of any depth. */
  GROUP,
  /** In the older layout, the first of two levels. */
  PROJECT,
  /** In the older layout, the second. */
  NAME,
  /** In the older layout, the folder of runs. */
  OLDER_RUNS,
  /** In the older layout, a run or nothing. */
  OLDER_RUN;

  static final String FOLDER = "runs";

  /** Returns what a directory of some name in this one may be, if it may be anything. */
  Optional<Place> child(String name) {
    return switch (this) {
      case ROOT -> Optional.of(name.equals(FOLDER) ? RUNS : PROJECT);
      case RUNS, GROUP -> Optional.of(GROUP);
      case PROJECT -> Optional.of(NAME);
      case NAME -> name.equals(FOLDER) ? Optional.of(OLDER_RUNS) : Optional.empty();
      case OLDER_RUNS -> Optional.of(OLDER_RUN);
      case OLDER_RUN -> Optional.empty();
    };
  }

  boolean mayBeRun() {
    return this == GROUP || this == OLDER_RUN;
  }
}
