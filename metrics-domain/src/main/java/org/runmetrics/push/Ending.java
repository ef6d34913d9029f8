package org.runmetrics.push;

/**
 * Why a client is sent nothing more.
 *
 * @param why what a transport says by a code
 * @param text what it says in words, at most 123 bytes
 */
public record Ending(Why why, String text) {
  /** Kinds of reasons. */
  public enum Why {
    /** All was sent. */
    DONE,
    /** The server stops, or hears nothing of the client. */
    LEAVING,
    /** The client asked for what there is not, or may not be had. */
    REFUSED,
    /** The client may try again later. */
    LATER,
    /** The server made a mistake. */
    FAILED
  }
}
