package org.runmetrics.web.answer;

import jakarta.servlet.ServletRequest;

/**
 * How an answer that goes on after its request was handled says that it has ended.
 *
 * <p>Payara and GlassFish tell no listener of an answer whose client has left.
 */
public final class AnswerEnd {
  private static final String NAME = AnswerEnd.class.getName();

  private AnswerEnd() {}

  /** Lets something follow a request: it is called by any thread, and may be called twice. */
  public static void follow(ServletRequest request, Runnable ended) {
    request.setAttribute(NAME, ended);
  }

  /** Returns what is to be called when the answer to a request has ended. */
  public static Runnable of(ServletRequest request) {
    return request.getAttribute(NAME) instanceof Runnable ended ? ended : () -> {};
  }
}
