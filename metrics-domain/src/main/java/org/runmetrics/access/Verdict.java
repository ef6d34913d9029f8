package org.runmetrics.access;

/** What is to become of a request. */
public enum Verdict {
  /** The server has no such name: somebody may have bound a name of theirs to its address. */
  WRONG_HOST,

  /** It comes from a web page that may not read. */
  WRONG_ORIGIN,

  /** It comes from no web page of another origin, as far as the browser says. */
  NO_ORIGIN,

  /** It comes from a web page that may read. */
  ALLOWED
}
