package org.runmetrics.file;

import java.io.IOException;

/** A disk has not answered for so long that nobody should wait for it any more. */
public final class SilentDiskException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says so, and no more: what was asked for is known to who asked. */
  public SilentDiskException() {
    super("The disk does not answer");
  }
}
