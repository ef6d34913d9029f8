package org.runmetrics.ws;

/**
 * One thing that is said to a client.
 *
 * @param kind what it is
 * @param offset byte offset of the log where a client goes on if this is the last that it sees
 * @param text a line, or words about the log, without a line end
 */
record Message(Kind kind, long offset, String text) {
  /** Kinds of messages. */
  enum Kind {
    LINE,
    /** The state of a line that is being drawn, empty if there is none any more. */
    BAR,
    INFO,
    ERROR
  }

  static Message info(long offset, String text) {
    return new Message(Kind.INFO, offset, text);
  }

  static Message error(String text) {
    return new Message(Kind.ERROR, 0, text);
  }

  /** Returns the text as one line. */
  String line() {
    return switch (kind) {
      case LINE, BAR -> text;
      case INFO -> "[info] " + text;
      case ERROR -> "[error] " + text;
    };
  }
}
