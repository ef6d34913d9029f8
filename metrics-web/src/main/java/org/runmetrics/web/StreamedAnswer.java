package org.runmetrics.web;

import java.io.IOException;
import java.io.OutputStream;

/** An answer that is written while it is made, so that its length costs no memory; or a copy. */
sealed interface StreamedAnswer
    permits TableAnswer, FastAnswer, SeriesAnswer, RecordedAnswer, KeptAnswer {

  /** Writes the answer, each time anew. */
  void write(OutputStream stream) throws IOException;
}
