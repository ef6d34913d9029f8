package org.runmetrics.web.log;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.runmetrics.log.row.LogMatches;
import org.runmetrics.log.row.LogVersion;
import org.runmetrics.log.row.LogWindow;
import org.runmetrics.log.row.OpenLog;
import org.runmetrics.log.row.TextSearch;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.ByteRange;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.text.FileName;

/** The log of a run, for pages that show all of it: some rows, a search, the file. */
@Singleton
@Path("runs/{run_id}/logs")
@Produces(MediaType.APPLICATION_JSON)
public class LogResource {
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  @Inject RequestedLogs logs;
  @Inject Deliveries deliveries;
  @Inject Searches searches;

  /** Serves some rows, by default the last. */
  @GET
  public void window(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> rows(id, uri, request));
  }

  private Response rows(String id, UriInfo uri, HttpServletRequest request) {
    WindowQuery query = WindowQuery.of(uri);
    return logs.answer(
        logs.run(id, request),
        log -> {
          LogWindow[] window = {LogWindow.EMPTY};
          Response.ResponseBuilder answer =
              Revision.of(id, query, log.map(OpenLog::version))
                  .answer(
                      request,
                      () -> {
                        window[0] = window(log, query);
                        return Response.ok(LogJson.window(window[0]));
                      });
          return kept(answer, window[0].counted());
        });
  }

  /** Serves the rows that hold a text, and how many there are. */
  @GET
  @Path("search")
  public void search(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> matches(id, uri, request));
  }

  private Response matches(String id, UriInfo uri, HttpServletRequest request) {
    SearchQuery query = SearchQuery.of(uri);
    TextSearch search = query.search();
    return logs.answer(
        logs.run(id, request),
        log -> {
          LogMatches[] found = {LogMatches.NONE};
          Response.ResponseBuilder answer =
              Revision.of(id, query, log.map(OpenLog::version))
                  .answer(
                      request,
                      () -> {
                        found[0] = searches.take(() -> found(log, search, query));
                        return Response.ok(LogJson.matches(found[0]));
                      });
          return kept(answer, found[0].complete());
        });
  }

  /** Serves the file as it is, or a piece of it. */
  @GET
  @Path("file")
  @Produces(PLAIN_TEXT)
  public void file(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> bytes(id, uri, headers, request));
  }

  private Response bytes(String id, UriInfo uri, HttpHeaders headers, HttpServletRequest request) {
    Parameters.none(uri);
    RunDirectory run = logs.run(id, request);
    return logs.answer(
        run,
        log -> {
          LogVersion version =
              log.orElseThrow(() -> Problem.notFound("Run has no log yet: " + id)).version();
          Revision revision = Revision.of(id, version);
          return revision
              .answer(request, () -> file(run, version, revision, headers))
              .header(HttpHeaders.CONTENT_DISPOSITION, FileName.attachment(id + "-logs.txt"))
              .header("Accept-Ranges", "bytes")
              .header("X-Content-Type-Options", "nosniff")
              .build();
        });
  }

  private Response.ResponseBuilder file(
      RunDirectory run, LogVersion version, Revision revision, HttpHeaders headers) {
    long size = version.size();
    Optional<ByteRange> part =
        Optional.ofNullable(headers.getHeaderString("Range"))
            .filter(
                field -> isSame(Optional.ofNullable(headers.getHeaderString("If-Range")), revision))
            .flatMap(field -> ByteRange.of(field, size));
    if (part.isPresent() && part.get().isEmpty()) {
      throw Problem.unsatisfiable(
          "Range must begin within the " + size + " bytes of the log", size);
    }
    ByteRange range = part.orElse(new ByteRange(0, size));
    Response.ResponseBuilder answer =
        part.isPresent() ? Response.status(Response.Status.PARTIAL_CONTENT) : Response.ok();
    part.ifPresent(it -> answer.header("Content-Range", it.field(size)));
    return answer
        .entity(new LogFileAnswer(run, logs, version, range))
        .type(PLAIN_TEXT)
        .header(HttpHeaders.CONTENT_LENGTH, range.to() - range.from());
  }

  /** Pieces of a file that has changed are not put together. */
  private static boolean isSame(Optional<String> condition, Revision revision) {
    return condition.isEmpty() || condition.get().strip().equals(revision.tag());
  }

  private static LogWindow window(Optional<OpenLog> log, WindowQuery query) {
    return log.map(open -> RequestedLogs.part(open, part -> part.window(query.row(), query.rows())))
        .orElse(LogWindow.EMPTY);
  }

  private static LogMatches found(Optional<OpenLog> log, TextSearch search, SearchQuery query) {
    return log.map(
            open ->
                RequestedLogs.part(open, part -> part.search(search, query.row(), query.limit())))
        .orElse(LogMatches.NONE);
  }

  /** What is estimated or broken off may be another time, so that nobody should keep it. */
  private static Response kept(Response.ResponseBuilder answer, boolean exact) {
    return exact
        ? answer.build()
        : answer
            .header(HttpHeaders.ETAG, null)
            .header(HttpHeaders.CACHE_CONTROL, null)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .build();
  }
}
