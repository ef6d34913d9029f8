package org.runmetrics.ws;

/**
 * The two ends of a connection.
 *
 * @param address the client's end
 * @param local the server's end
 * @param host the server as the client calls it, empty if it does not
 */
record Peer(String address, String local, String host) {
  /** Stands for all peers of a container that has no servlet requests to tell them apart. */
  static final Peer UNKNOWN = new Peer("unknown", "", "");
}
