package org.runmetrics.web.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.runmetrics.run.ListedFile;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.scan.SkippedLines;
import org.runmetrics.series.Series;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.RequestedRuns;
import org.runmetrics.web.query.Viewers;

/** What there is of a run on disk: its files, and the lines of its events that are of no use. */
@Singleton
@Path("runs/{run_id}")
@Produces(MediaType.APPLICATION_JSON)
public class RunFilesResource {
  /** The query of an answer that has none. */
  private static final String SKIPPED = "skipped";

  @Inject Viewers viewers;
  @Inject Deliveries deliveries;

  /** Lists the files, without links. */
  @GET
  @Path("files")
  public void files(
      @PathParam("run_id") String id,
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> listed(id, uri, request));
  }

  private Response listed(String id, UriInfo uri, HttpServletRequest request) {
    Parameters.none(uri);
    List<ListedFile> files = viewers.runs(request).run(id).files();
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (ListedFile file : files) {
      list.add(
          Json.createObjectBuilder()
              .add("path", file.path())
              .add("bytes", file.bytes())
              .add("modified", file.modified().toMillis() / 1000.0));
    }
    JsonObject answer =
        Json.createObjectBuilder()
            .add("files", list)
            .add("total", files.size())
            .add("truncated", files.size() >= RunDirectory.MAX_FILES)
            .build();
    byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
    return Revision.ofText(text).answer(request, () -> Response.ok(text)).build();
  }

  /** Tells what kinds of lines were skipped, with an example of each. */
  @GET
  @Path(SKIPPED)
  public Response skipped(
      @PathParam("run_id") String id, @Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters.none(uri);
    RequestedRuns runs = viewers.runs(request);
    RunDirectory run = runs.run(id);
    Series series = runs.series(run);
    return Revision.of(SKIPPED, id, series.position(), series.skippedLines())
        .answer(
            request,
            () -> Response.ok(skipped(series.skippedLines(), runs.skippedLines(run, series))))
        .build();
  }

  private static JsonObject skipped(long count, SkippedLines lines) {
    JsonArrayBuilder kinds = Json.createArrayBuilder();
    for (SkippedLines.Kind kind : lines.kinds()) {
      kinds.add(
          Json.createObjectBuilder()
              .add("kind", kind.reason().sentence())
              .add("count", kind.count())
              .add("line", kind.line())
              .add("text", kind.text()));
    }
    return Json.createObjectBuilder()
        .add("skipped_lines", count)
        .add("complete", lines.complete())
        .add("kinds", kinds)
        .build();
  }
}
