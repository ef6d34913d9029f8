package org.runmetrics.web.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.runmetrics.image.MediaFile;
import org.runmetrics.web.answer.StreamedAnswer;
import org.runmetrics.web.query.ByteRange;

/** A part of a file, sent as it is read. */
record MediaAnswer(MediaFile file, ByteRange range) implements StreamedAnswer {
  private static final int BUFFER_BYTES = 64 << 10;

  @Override
  public void write(OutputStream stream) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream bytes = open()) {
      for (long left = range.length(); left > 0; ) {
        int read = read(bytes, buffer, (int) Math.min(left, buffer.length));
        stream.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  @Override
  public boolean isLong() {
    return range.length() > SHORT_BYTES;
  }

  private InputStream open() {
    try {
      return file.read(range.from());
    } catch (IOException replaced) {
      throw new UncheckedIOException(replaced);
    }
  }

  /** What fails here is not the client's connection. */
  private static int read(InputStream bytes, byte[] buffer, int most) {
    try {
      int read = bytes.read(buffer, 0, most);
      if (read < 0) {
        throw new EOFException("The file was cut while it was sent");
      }
      return read;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
