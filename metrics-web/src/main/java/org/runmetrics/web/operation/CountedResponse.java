package org.runmetrics.web.operation;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Counts the bytes of an answer, as they are sent, and notices a client that has left.
 *
 * <p>It keeps what is told of the answer later on: some servers use their own response for another
 * request as soon as this one has ended, and not all tell when that is.
 */
final class CountedResponse extends HttpServletResponseWrapper {
  private static final String ROWS = "X-Row-Count";

  /** Written by one thread at a time, and read when the answer has ended. */
  private volatile long bytes;

  private volatile boolean left;

  private volatile OptionalInt status = OptionalInt.empty();
  private volatile Optional<String> rows = Optional.empty();

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

  /** Returns the status, which the server alone knows where it was set past this response. */
  @Override
  public int getStatus() {
    return status.orElseGet(super::getStatus);
  }

  /** Returns how many rows a table has, as its header says. */
  Optional<String> rows() {
    return rows;
  }

  @Override
  public void setStatus(int code) {
    status = OptionalInt.of(code);
    super.setStatus(code);
  }

  @Override
  public void sendError(int code) throws IOException {
    status = OptionalInt.of(code);
    super.sendError(code);
  }

  @Override
  public void sendError(int code, String message) throws IOException {
    status = OptionalInt.of(code);
    super.sendError(code, message);
  }

  @Override
  public void reset() {
    super.reset();
    status = OptionalInt.empty();
    rows = Optional.empty();
  }

  @Override
  public void setHeader(String name, String value) {
    note(name, value);
    super.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    note(name, value);
    super.addHeader(name, value);
  }

  private void note(String name, String value) {
    if (name.equalsIgnoreCase(ROWS)) {
      rows = Optional.of(value);
    }
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
