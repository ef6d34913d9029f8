package org.runmetrics.access;

/** Whether a request is let in. */
public sealed interface Admission {

  /**
   * It is.
   *
   * @param viewer who sent it
   */
  record Admitted(Viewer viewer) implements Admission {}

  /** It is not. */
  sealed interface Refused extends Admission {

    /** Returns what whoever sent it can do. */
    String detail();
  }

  /**
   * It has to say who sent it.
   *
   * @param tried whether it said so with a token that is not known, or no longer
   */
  record Unknown(boolean tried) implements Refused {
    @Override
    public String detail() {
      return tried
          ? "This token is not known, or no longer"
          : "Say who you are: send a token as the header Authorization: Bearer, or log in on the page";
    }
  }

  /** It came over a network to a server that asks nobody, and was not told that this is meant. */
  record Exposed() implements Refused {
    @Override
    public String detail() {
      return "This server reads to its own machine only: %s names those who may read from others, and %s=true lets everybody"
          .formatted(Entrance.TOKENS, Entrance.OPEN);
    }
  }
}
