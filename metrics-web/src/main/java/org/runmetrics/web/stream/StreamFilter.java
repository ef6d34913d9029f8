package org.runmetrics.web.stream;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.runmetrics.access.Viewer;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.push.AllowedSource;
import org.runmetrics.push.Source;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.http.ClientAddress;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.query.Parameters;
import org.runmetrics.web.query.StreamQuery;
import org.runmetrics.web.query.Viewers;

/**
 * Answers requests for streams of events, over the Servlet API, which waits for no client.
 *
 * <p>What is not all right with a request is answered by the resources of JAX-RS, which ask {@link
 * StreamStart} too.
 */
public class StreamFilter implements Filter {
  private final EventStreams streams;
  private final Viewers viewers;
  private final StreamSources sources;
  private final Settings settings;

  /** Takes what streams are made of. */
  @Inject
  public StreamFilter(
      EventStreams streams, Viewers viewers, StreamSources sources, Settings settings) {
    this.streams = streams;
    this.viewers = viewers;
    this.sources = sources;
    this.settings = settings;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked) {
      Optional<Function<Runnable, Source<byte[]>>> source;
      try {
        source = StreamRequest.of(asked).flatMap(stream -> source(stream, asked));
      } catch (UncheckedIOException silent) {
        Problem.writeSilent((HttpServletResponse) response);
        return;
      }
      if (source.isPresent()) {
        Viewer viewer = Viewers.of(asked);
        AsyncContext context = request.startAsync(request, response);
        streams.open(
            context,
            ClientAddress.of(asked, settings),
            wake ->
                new AllowedSource<>(
                    source.get().apply(wake), viewer::isKnown, "The token is no longer known"));
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private Optional<Function<Runnable, Source<byte[]>>> source(
      StreamRequest stream, HttpServletRequest request) {
    Optional<String> given = Optional.ofNullable(request.getQueryString());
    Optional<String> lastEventId =
        Optional.ofNullable(request.getHeader(HttpHeaders.LAST_EVENT_ID_HEADER));
    StreamStart start = new StreamStart(viewers.runs(request));
    try {
      if (stream instanceof StreamRequest.OfRun named) {
        RunDirectory run = start.run(named.id());
        MetricsPlace told = start.place(run, Parameters.of(given, "cursor"), lastEventId);
        return Optional.of(sources.ofRun(run, told, start.runs().seen()));
      }
      if (stream instanceof StreamRequest.OfRuns) {
        StreamQuery query = StreamQuery.of(given, lastEventId);
        return Optional.of(sources.ofRuns(query, start));
      }
      Parameters unusedNone = Parameters.of(given);
      // Asked for here, where it can still be told that the storage does not answer.
      List<RunInfo> unusedRuns = start.runs().seen().runs();
      return Optional.of(sources.ofList(start.runs().seen()));
    } catch (WebApplicationException | IllegalArgumentException problem) {
      return Optional.empty();
    }
  }
}
