package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;

/** An answer that is written while it is made, so that its length costs no memory; or a copy. */
public interface StreamedAnswer {

  /** No more than these a connection takes that holds nothing yet, though its client reads none. */
  int SHORT_BYTES = 64 << 10;

  /** Writes the answer, each time anew. */
  void write(OutputStream stream) throws IOException;

  /** Returns whether the answer may be longer than that; true where it is not known yet. */
  default boolean isLong() {
    return true;
  }

  /** Returns whether what is answered, in any form, may be longer than that. */
  static boolean isLong(Object entity) {
    return entity instanceof StreamedAnswer answer
        ? answer.isLong()
        : entity instanceof byte[] bytes && bytes.length > SHORT_BYTES;
  }
}
