package org.runmetrics.web.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.runmetrics.web.answer.StreamedAnswer;

/**
 * Small answers that were given lately, as they were written.
 *
 * <p>Many clients that show one chart ask for the same rows. What is kept is found by its {@link
 * Revision}, so nothing in here is ever out of date; it only makes room. Safe for use by several
 * threads.
 */
@Singleton
public class RecentAnswers {
  /** The part of the heap that may be taken. */
  private static final int HEAP_SHARE = 64;

  private static final long MAX_BYTES = 64L << 20;

  /** What an entry takes besides its body. */
  private static final int OVERHEAD_BYTES = 1024;

  private record Answer(KeptAnswer body, MultivaluedMap<String, Object> headers) {}

  private final long maxBytes = Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);

  /** What all copies that are being taken may hold, of answers to clients however slow. */
  private final Semaphore room = new Semaphore((int) maxBytes / 2);

  /** The one that was not asked for the longest comes first. */
  private final Map<Revision, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /** Returns an answer that was given before, or makes it, to be kept if it is small. */
  public Response.ResponseBuilder get(
      Revision revision, Supplier<Response.ResponseBuilder> source) {
    Optional<Answer> known = find(revision);
    if (known.isPresent()) {
      return Response.ok(known.get().body()).replaceAll(copy(known.get().headers()));
    }
    Response made = source.get().build();
    if (!(made.getEntity() instanceof StreamedAnswer answer)) {
      return Response.fromResponse(made);
    }
    MultivaluedMap<String, Object> headers = copy(made.getHeaders());
    RecordedAnswer recorded =
        new RecordedAnswer(
            answer, (int) maxBytes / 4, room, body -> keep(revision, new Answer(body, headers)));
    return Response.ok(recorded).replaceAll(copy(headers));
  }

  private synchronized Optional<Answer> find(Revision revision) {
    return Optional.ofNullable(answers.get(revision));
  }

  private synchronized void keep(Revision revision, Answer answer) {
    if (answers.putIfAbsent(revision, answer) != null) {
      return;
    }
    bytes += answer.body().length() + OVERHEAD_BYTES;
    for (Iterator<Answer> eldest = answers.values().iterator(); bytes > maxBytes; ) {
      bytes -= eldest.next().body().length() + OVERHEAD_BYTES;
      eldest.remove();
    }
  }

  /** Filters add to the headers of an answer. */
  private static MultivaluedMap<String, Object> copy(MultivaluedMap<String, Object> headers) {
    MultivaluedMap<String, Object> copy = new MultivaluedHashMap<>();
    headers.forEach((name, values) -> copy.addAll(name, values));
    return copy;
  }
}
