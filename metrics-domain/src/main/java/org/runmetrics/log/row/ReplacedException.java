package org.runmetrics.log.row;

import java.io.IOException;

/** Says that a log was cut or written anew while it was read, so that it is to be read again. */
public final class ReplacedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says so. */
  public ReplacedException() {
    super("The log was replaced while it was read");
  }
}
