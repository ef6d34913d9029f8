package org.runmetrics.log;

import java.util.Optional;

/**
 * Where a cursor stands.
 *
 * @param missing whether no log had the name when it was last looked for
 * @param file the identity of the file that is open, if one is
 * @param position byte offset after the last line read
 */
record LogPlace(boolean missing, Optional<String> file, long position) {

  /**
   * Returns whether all that is read from here on will also be read from another place.
   *
   * <p>While the log is missing, the one that never saw a file waits for the same file as the one
   * that did.
   */
  boolean isReachedFrom(LogPlace other) {
    if (missing != other.missing) {
      return false;
    }
    return file.equals(other.file) ? position >= other.position : missing;
  }
}
