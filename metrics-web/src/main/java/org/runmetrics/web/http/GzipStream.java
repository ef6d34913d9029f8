package org.runmetrics.web.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses fast, and ends what it has written only when it is asked to.
 *
 * <p>The first bytes come when there are more than any server holds back, or all: until then, an
 * answer that fails can still become an error.
 */
final class GzipStream extends GZIPOutputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  /** What the compressor hands over at once. */
  private static final int PIECE_BYTES = 8 << 10;

  GzipStream(OutputStream target) throws IOException {
    super(new BufferedOutputStream(target, BUFFER_BYTES), PIECE_BYTES);
    def.setLevel(Deflater.BEST_SPEED);
  }

  /** Writes the rest and the trailer, by which a reader knows that nothing is missing. */
  void end() throws IOException {
    finish();
    out.flush();
  }

  /** Frees memory outside of the heap; the stream that it writes to stays open. */
  @Override
  public void close() {
    def.end();
  }
}
