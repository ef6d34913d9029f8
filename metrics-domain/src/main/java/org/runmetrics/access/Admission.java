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

  /** It cannot be told now who sent it, as the provider that knows does not answer. */
  record Untold() implements Refused {
    @Override
    public String detail() {
      return "The provider of logins does not answer now, so it cannot be told whose this token is;"
          + " try again later";
    }
  }

  /** It came over a network to a server that asks nobody, and was not told that this is meant. */
  record Exposed() implements Refused {
    @Override
    public String detail() {
      return "This server reads to its own machine only: %s or %s tells who may read from others, and %s=true lets everybody"
          .formatted(Entrance.TOKENS, Entrance.ISSUER, Entrance.OPEN);
    }
  }
}
