package org.runmetrics.web.image;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.runmetrics.image.MediaFile;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.ByteRange;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.Viewers;
import org.runmetrics.web.text.FileName;

/**
 * The files that a run saved.
 *
 * <p>Whoever trains decides what they hold, so a browser may show images, sound and films, and
 * nothing in them may run: not as a page of its own either, which is what the policy says.
 */
@Singleton
@Path("runs/{run_id}/media/{file: .+}")
public class MediaResource {
  private static final Logger LOG = System.getLogger(MediaResource.class.getName());
  private static final String POLICY = "sandbox; default-src 'none'";

  /** A year, for a file that no other ever takes the name of. */
  private static final String FOR_EVER = "private, immutable, max-age=31536000";

  private static final String ASK_AGAIN = "private, no-cache";

  @Inject Viewers viewers;
  @Inject Deliveries deliveries;

  /** Serves a file, or a part of it. */
  @GET
  public void file(
      @PathParam("run_id") String id,
      @PathParam("file") String name,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request,
      @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> bytes(id, name, uri, headers, request));
  }

  private Response bytes(
      String id, String name, UriInfo uri, HttpHeaders headers, HttpServletRequest request) {
    MediaFile file = find(id, name, uri, request);
    Revision revision = Revision.of("media", file.stamp());
    Optional<ByteRange> range =
        Optional.ofNullable(headers.getHeaderString("Range"))
            .filter(field -> isStill(revision, headers))
            .flatMap(field -> ByteRange.of(field, file.stamp().size()));
    return mark(file, revision.answer(request, () -> part(file, range))).build();
  }

  /** Answers as GET does for all of the file, without it. */
  @HEAD
  public Response head(
      @PathParam("run_id") String id,
      @PathParam("file") String name,
      @Context UriInfo uri,
      @Context HttpServletRequest request) {
    MediaFile file = find(id, name, uri, request);
    Revision revision = Revision.of("media", file.stamp());
    return mark(
            file,
            revision.answer(request, () -> describe(file, Response.ok(), file.stamp().size())))
        .build();
  }

  private MediaFile find(String id, String name, UriInfo uri, HttpServletRequest request) {
    Parameters.none(uri);
    RunDirectory run = viewers.runs(request).run(id);
    try {
      return MediaFile.find(run, name)
          .orElseThrow(() -> Problem.notFound("Media file not found: " + Problem.shown(name)));
    } catch (IOException unreadable) {
      throw Problem.passing(unreadable)
          .orElseGet(
              () -> {
                LOG.log(Level.WARNING, "Cannot read a media file of run " + run.id(), unreadable);
                return Problem.internal("Failed to read media file");
              });
    }
  }

  /** A client that has a part of a file wants all of it if that is another by now. */
  private static boolean isStill(Revision revision, HttpHeaders headers) {
    return Optional.ofNullable(headers.getHeaderString("If-Range"))
        .map(revision::isExactly)
        .orElse(true);
  }

  private static Response.ResponseBuilder part(MediaFile file, Optional<ByteRange> range) {
    long size = file.stamp().size();
    if (range.isEmpty()) {
      MediaAnswer all = new MediaAnswer(file, new ByteRange(0, size));
      return describe(file, Response.ok(all), size);
    }
    if (range.get().isEmpty()) {
      throw Problem.unsatisfiable(
          "Range must begin within the " + size + " bytes of the file", size);
    }
    ByteRange part = range.get();
    return describe(
            file,
            Response.status(Response.Status.PARTIAL_CONTENT).entity(new MediaAnswer(file, part)),
            part.length())
        .header("Content-Range", part.field(size));
  }

  private static Response.ResponseBuilder describe(
      MediaFile file, Response.ResponseBuilder answer, long length) {
    answer.type(file.kind().mediaType()).header(HttpHeaders.CONTENT_LENGTH, length);
    return file.kind().isShown()
        ? answer
        : answer.header(HttpHeaders.CONTENT_DISPOSITION, FileName.attachment(file.name()));
  }

  /** Adds what holds for all answers about a file, 304 too; they differ by nothing asked. */
  private static Response.ResponseBuilder mark(MediaFile file, Response.ResponseBuilder answer) {
    return answer
        .header("Accept-Ranges", "bytes")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.VARY, null)
        .header(HttpHeaders.CACHE_CONTROL, null)
        .header(HttpHeaders.CACHE_CONTROL, file.hasHash() ? FOR_EVER : ASK_AGAIN);
  }
}
