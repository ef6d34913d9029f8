package org.runmetrics.access;

/** What is to become of a request. */
public enum Verdict {
  /** The server has no such name: somebody may have bound a name of theirs to its address. */
  WRONG_HOST,

  /** It comes from a web page that may not read. */
  WRONG_ORIGIN,

  /** It comes from no web page of another origin, as far as the browser says. */
  NO_ORIGIN,

  /** It comes from a web page of another origin that may read. */
  ALLOWED,

  /** It comes from a web page of the server's own. */
  OWN_PAGE;

  /** Returns whether the page that the request comes from may read, if there is one. */
  public boolean mayRead() {
    return this == NO_ORIGIN || this == ALLOWED || this == OWN_PAGE;
  }

  /** Returns whether no page of another origin sent the request, as far as the browser says. */
  public boolean isOwn() {
    return this == NO_ORIGIN || this == OWN_PAGE;
  }
}
