package org.runmetrics.ws;

import java.util.List;
import org.runmetrics.settings.Forwarding;

/**
 * What a WebSocket API does not say of the request for a socket.
 *
 * @param address the client's end of the connection
 * @param local the server's end, an IP address
 * @param secure whether it is encrypted
 * @param hosts all headers {@code Host}
 * @param told what its headers say of the connections before
 * @param port the server's port, as the client sees it
 */
record Peer(
    String address, String local, boolean secure, List<String> hosts, Forwarding told, int port) {
  /** Stands for all peers of a server that has no servlet requests to tell them apart. */
  static final Peer UNKNOWN =
      new Peer("unknown", "127.0.0.1", false, List.of(), Forwarding.NONE, 80);
}
