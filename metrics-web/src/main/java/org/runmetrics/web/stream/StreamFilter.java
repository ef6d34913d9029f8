package org.runmetrics.web.stream;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.runmetrics.live.LiveMetrics;
import org.runmetrics.live.LiveRuns;
import org.runmetrics.live.MetricsPlace;
import org.runmetrics.push.Source;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.answer.RowsText;
import org.runmetrics.web.query.Parameters;

/**
 * Answers requests for streams of events, over the Servlet API, which waits for no client.
 *
 * <p>What is not all right with a request is answered by the resources of JAX-RS, which ask {@link
 * StreamStart} too.
 */
public class StreamFilter implements Filter {
  private final EventStreams streams;
  private final StreamStart start;
  private final LiveMetrics live;
  private final LiveRuns liveRuns;
  private final RowsText text;
  private final Settings settings;

  /** Takes what streams are made of. */
  @Inject
  public StreamFilter(
      EventStreams streams,
      StreamStart start,
      LiveMetrics live,
      LiveRuns liveRuns,
      RowsText text,
      Settings settings) {
    this.streams = streams;
    this.start = start;
    this.live = live;
    this.liveRuns = liveRuns;
    this.text = text;
    this.settings = settings;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked) {
      Optional<Function<Runnable, Source<byte[]>>> source =
          StreamRequest.of(asked).flatMap(stream -> source(stream, asked));
      if (source.isPresent()) {
        AsyncContext context = request.startAsync(request, response);
        streams.open(context, address(asked), source.get());
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private Optional<Function<Runnable, Source<byte[]>>> source(
      StreamRequest stream, HttpServletRequest request) {
    try {
      if (stream.run().isEmpty()) {
        Parameters unusedNone = Parameters.of(request.getParameterMap());
        return Optional.of(wake -> new RunsSource(liveRuns.join(wake)));
      }
      RunDirectory run = start.run(stream.run().get());
      MetricsPlace told =
          start.place(
              run,
              Parameters.of(request.getParameterMap(), "cursor"),
              Optional.ofNullable(request.getHeader(HttpHeaders.LAST_EVENT_ID_HEADER)));
      return Optional.of(wake -> new MetricsSource(live.join(run, told, wake), text));
    } catch (WebApplicationException problem) {
      return Optional.empty();
    }
  }

  private String address(HttpServletRequest request) {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    return settings.proxies().client(request.getRemoteAddr(), forwarded);
  }
}
