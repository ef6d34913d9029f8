package org.runmetrics.web.operation;

/** What can be asked for by JMX, under {@value Stop#NAME}. */
public interface StopMXBean {

  /** Refuses to be ready, ends streams and sockets, and waits for answers under way. */
  void stop();
}
