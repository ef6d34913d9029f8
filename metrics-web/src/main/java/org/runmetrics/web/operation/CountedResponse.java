package org.runmetrics.web.operation;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Counts the bytes of an answer, as they are sent, and notices a client that has left. */
final class CountedResponse extends HttpServletResponseWrapper {
  /** Written by one thread at a time, and read when the answer has ended. */
  private volatile long bytes;

  private volatile boolean left;

  CountedResponse(HttpServletResponse response) {
    super(response);
  }

  long bytes() {
    return bytes;
  }

  /** Returns whether the answer could not be sent, as its client was gone. */
  boolean isLeft() {
    return left;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return new Counted(super.getOutputStream());
  }

  private final class Counted extends ServletOutputStream {
    private final ServletOutputStream stream;

    Counted(ServletOutputStream stream) {
      this.stream = stream;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes at a time.
    public void write(int octet) throws IOException {
      send(() -> stream.write(octet));
      bytes++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void write(byte[] buffer, int offset, int length) throws IOException {
      send(() -> stream.write(buffer, offset, length));
      bytes += length;
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      stream.setWriteListener(listener);
    }

    @Override
    public void flush() throws IOException {
      send(stream::flush);
    }

    @Override
    public void close() throws IOException {
      send(stream::close);
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  private void send(Sending sending) throws IOException {
    try {
      sending.run();
    } catch (IOException failure) {
      left = true;
      throw failure;
    }
  }
}
