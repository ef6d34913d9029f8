package org.runmetrics.push;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** One end of a connection that takes what it is told to take, and reports all that happens. */
final class Receiver implements Outlet<String> {
  /** What happened, in order: messages, {@code ping}, {@code close WHY} and {@code cut}. */
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final BlockingQueue<Consumer<Optional<Throwable>>> waiting = new LinkedBlockingQueue<>();
  private final boolean reads;
  private final boolean answers;

  /**
   * Makes a connection.
   *
   * @param reads whether messages are taken at once
   * @param answers whether pings are answered
   */
  Receiver(boolean reads, boolean answers) {
    this.reads = reads;
    this.answers = answers;
  }

  @Override
  public void send(String message, Consumer<Optional<Throwable>> taken) {
    heard.add(message);
    if (reads) {
      taken.accept(Optional.empty());
    } else {
      waiting.add(taken);
    }
  }

  @Override
  public void ping(Consumer<Optional<Throwable>> taken) {
    taken.accept(Optional.empty());
    // Whoever hears of it finds nothing on its way any more.
    heard.add("ping");
  }

  @Override
  public boolean isAnswered() {
    return answers;
  }

  @Override
  public void close(Ending ending) {
    heard.add("close " + ending.why());
  }

  @Override
  public void cut() {
    heard.add("cut");
  }

  /** Takes the message that is on its way. */
  void take() throws InterruptedException {
    waiting.take().accept(Optional.empty());
  }

  /** Breaks the connection with the message that is on its way. */
  void breakOff() throws InterruptedException {
    waiting.take().accept(Optional.of(new IOException("Connection reset")));
  }

  /** Messages that the test adds. */
  static final class Letters implements Source<String> {
    private final ConcurrentLinkedQueue<Next<String>> letters = new ConcurrentLinkedQueue<>();
    private volatile Runnable wake = () -> {};
    volatile boolean left;

    Source<String> wokenBy(Runnable signal) {
      wake = signal;
      return this;
    }

    Letters add(Next<String> next) {
      letters.add(next);
      wake.run();
      return this;
    }

    Letters add(String letter) {
      return add(new Next.Message<>(letter));
    }

    int size() {
      return letters.size();
    }

    @Override
    public Next<String> next() {
      Next<String> next = letters.poll();
      return next == null ? new Next.Nothing<>() : next;
    }

    @Override
    public void leave() {
      left = true;
    }
  }
}
