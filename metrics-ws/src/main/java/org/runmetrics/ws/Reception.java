package org.runmetrics.ws;

import java.util.Optional;
import org.runmetrics.frame.Goodbye;
import org.runmetrics.log.LogTails;
import org.runmetrics.log.Progress;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.RunCatalog;

/** Decides what a client is told that asks for a log: the log, or why there is none. */
final class Reception {
  private final RunCatalog runs;
  private final LogTails tails;
  private final QueueBounds bounds;

  Reception(RunCatalog runs, LogTails tails, QueueBounds bounds) {
    this.runs = runs;
    this.tails = tails;
    this.bounds = bounds;
  }

  /** Answers a request; one that is refused is told so where clients look, on the socket. */
  Messages answer(Handshake handshake) {
    LogQuery query;
    try {
      query = LogQuery.parse(handshake.query());
    } catch (IllegalArgumentException refused) {
      return refuse(String.valueOf(refused.getMessage()), "Bad parameter");
    }
    String id = RequestedRun.id(handshake.path()).orElse("");
    Optional<RunDirectory> run = runs.find(id);
    if (run.isEmpty()) {
      return refuse("Run not found: " + id, "Run not found");
    }
    LineQueue queue = new LineQueue(bounds, query.progress());
    return Messages.of(queue, new CatchUp(run.get(), query, queue, tails));
  }

  /** Turns somebody away without a message. */
  Messages turnAway(Goodbye goodbye) {
    return Messages.refusal(new LineQueue(bounds, Progress.KEEP), goodbye);
  }

  private Messages refuse(String text, String reason) {
    LineQueue queue = new LineQueue(bounds, Progress.KEEP);
    queue.add(Message.error(text));
    return Messages.refusal(queue, Goodbye.refused(reason));
  }
}
