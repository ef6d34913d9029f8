package org.runmetrics.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.runmetrics.web.answer.StreamedAnswer;

/**
 * An answer of which a copy is taken while it is sent, unless there is no room for it.
 *
 * @param answer the answer
 * @param maxBytes the longest copy
 * @param room how many bytes there may still be in all copies that are being taken
 * @param keeper takes the copy of what was sent as a whole
 */
record RecordedAnswer(
    StreamedAnswer answer, int maxBytes, Semaphore room, Consumer<KeptAnswer> keeper)
    implements StreamedAnswer {

  @Override
  public void write(OutputStream stream) throws IOException {
    Recorder recorder = new Recorder(stream);
    try {
      answer.write(recorder);
      if (recorder.isWhole) {
        keeper.accept(recorder.copy.build());
      }
    } finally {
      recorder.forget();
    }
  }

  @Override
  public boolean isLong() {
    return answer.isLong();
  }

  /** Sends and copies. */
  private final class Recorder extends OutputStream {
    private final OutputStream client;
    private KeptAnswer.Builder copy = new KeptAnswer.Builder();
    private boolean isWhole = true;

    Recorder(OutputStream client) {
      this.client = client;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      client.write(bytes, from, length);
      if (isWhole && copy.length() + length <= maxBytes && room.tryAcquire(length)) {
        copy.add(bytes, from, length);
      } else {
        isWhole = false;
        forget();
      }
    }

    @Override
    public void flush() throws IOException {
      client.flush();
    }

    private void forget() {
      room.release(copy.length());
      copy = new KeptAnswer.Builder();
    }
  }
}
