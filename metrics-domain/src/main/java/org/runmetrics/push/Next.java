package org.runmetrics.push;

/**
 * What a source has for its client.
 *
 * @param <M> what a message is
 */
public sealed interface Next<M> {

  /** A message. */
  record Message<M>(M message) implements Next<M> {}

  /** Nothing for now; the source wakes the client when there may be something. */
  record Nothing<M>() implements Next<M> {}

  /** Nothing yet, though much was done: others have their turn, then the source is asked again. */
  record Again<M>() implements Next<M> {}

  /** Nothing more. */
  record Over<M>(Ending ending) implements Next<M> {}
}
