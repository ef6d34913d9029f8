package org.runmetrics.web.operation;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests that are being answered; streams are, log sockets are not. */
@Singleton
public class Requests {
  private final AtomicInteger underWay = new AtomicInteger();

  /** Returns how many there are. */
  int underWay() {
    return underWay.get();
  }

  void begin() {
    underWay.incrementAndGet();
  }

  void end() {
    underWay.decrementAndGet();
  }
}
