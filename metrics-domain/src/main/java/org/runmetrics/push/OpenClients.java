package org.runmetrics.push;

/** Clients of one kind that are served now, for those that count them. */
public interface OpenClients {

  /** Returns what they are, in one word such as {@code streams}. */
  String kind();

  /** Returns how many there are. */
  int size();

  /** Returns how many lines or rows were left out for clients that read too slowly. */
  long dropped();
}
