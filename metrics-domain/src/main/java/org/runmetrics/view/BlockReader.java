package org.runmetrics.view;

import java.util.Optional;

/** Reads rows block by block; not safe for use by several threads. */
interface BlockReader {

  /** Returns the next rows, or nothing if none are left. */
  Optional<RowBlock> next();
}
