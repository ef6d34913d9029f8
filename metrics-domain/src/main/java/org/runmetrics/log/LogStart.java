package org.runmetrics.log;

/**
 * Where a reader of a log starts.
 *
 * @param offset byte offset of the first line to show
 * @param lines lines from there on that show something
 * @param total lines of the whole log that show something
 * @param counted whether the total is exact; the lines of a long log are estimated
 */
public record LogStart(long offset, long lines, long total, boolean counted) {

  /** Returns whether lines in front of the start are left out. */
  public boolean leavesOut() {
    return lines < total;
  }
}
