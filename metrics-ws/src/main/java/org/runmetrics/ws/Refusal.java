package org.runmetrics.ws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.runmetrics.push.Ending;
import org.runmetrics.push.Next;
import org.runmetrics.push.Source;

/** Says on the socket, where clients look for it, why there is no log. */
final class Refusal implements Source<String> {
  private final Deque<Message> message;
  private final Subprotocol subprotocol;
  private final Ending ending;

  /**
   * Says one thing and then goodbye.
   *
   * @param text for people
   * @param reason in short, for the goodbye
   */
  Refusal(Subprotocol subprotocol, String text, String reason) {
    this(subprotocol, text, new Ending(Ending.Why.REFUSED, reason));
  }

  private Refusal(Subprotocol subprotocol, String text, Ending ending) {
    this.message = new ArrayDeque<>(List.of(Message.error(text)));
    this.subprotocol = subprotocol;
    this.ending = ending;
  }

  /** Says that a disk does not answer now. */
  static Refusal untilLater(Subprotocol subprotocol) {
    return new Refusal(
        subprotocol,
        "The storage does not answer; try again in some seconds",
        new Ending(Ending.Why.LATER, "Try again later"));
  }

  @Override
  public Next<String> next() {
    return message.isEmpty()
        ? new Next.Over<>(ending)
        : new Next.Message<>(subprotocol.take(message));
  }

  @Override
  public void leave() {}
}
