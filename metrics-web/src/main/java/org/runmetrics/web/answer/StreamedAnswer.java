package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;

/** An answer that is written while it is made, so that its length costs no memory; or a copy. */
public interface StreamedAnswer {

  /** Writes the answer, each time anew. */
  void write(OutputStream stream) throws IOException;

  /**
   * Returns whether the answer may be longer than some bytes; true where that is not known yet.
   *
   * @param bytes more than a server takes before its client reads anything would be long
   */
  default boolean mayExceed(long bytes) {
    return true;
  }
}
