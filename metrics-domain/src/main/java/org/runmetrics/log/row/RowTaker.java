package org.runmetrics.log.row;

/** Takes rows of a log in order. */
interface RowTaker {
  /** Counts rows and takes none. */
  RowTaker NONE =
      new RowTaker() {
        @Override
        public boolean wants(long row) {
          return false;
        }

        @Override
        public boolean take(LogRow row) {
          return true;
        }
      };

  /** Returns whether it takes a row; if not, the row's text is not made. */
  boolean wants(long row);

  /** Takes a row, and returns whether more are wanted. */
  boolean take(LogRow row);
}
