package org.runmetrics.ws;

import jakarta.json.spi.JsonProvider;

/**
 * One message to a client: a line of the log, or a word about it.
 *
 * @param offset byte offset of the log behind which the client goes on if this is the last message
 *     that it sees
 * @param line the text, without a line end
 */
record Message(long offset, String line) {
  /** The subprotocol whose messages are JSON. */
  static final String SUBPROTOCOL = "metrics.logs.v1";

  private static final JsonProvider JSON = JsonProvider.provider();

  static Message info(long offset, String text) {
    return new Message(offset, "[info] " + text);
  }

  static Message error(String text) {
    return new Message(0, "[error] " + text);
  }

  /**
   * Returns the message as it is sent.
   *
   * @param json whether {@link #SUBPROTOCOL} was agreed on; without it, messages are plain text
   */
  String text(boolean json) {
    return json
        ? JSON.createObjectBuilder().add("offset", offset).add("line", line).build().toString()
        : line;
  }
}
