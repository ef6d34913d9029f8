package org.runmetrics.web;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The copy of an answer, sent as the answer itself was.
 *
 * @param body what was sent
 */
@SuppressWarnings("ArrayRecordComponent")
record KeptAnswer(byte[] body) implements StreamedAnswer {
  @Override
  public void write(OutputStream stream) throws IOException {
    stream.write(body);
  }
}
