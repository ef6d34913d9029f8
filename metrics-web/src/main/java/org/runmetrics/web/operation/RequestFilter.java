package org.runmetrics.web.operation;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.answer.AnswerEnd;
import org.runmetrics.web.http.AccessFilter;
import org.runmetrics.web.http.ClientAddress;

/**
 * Follows each request from when it comes to when its answer has ended; the first of all filters.
 *
 * <p>A log socket is followed to its handshake.
 */
public class RequestFilter implements Filter {
  private static final Logger LOG = System.getLogger(RequestFilter.class.getName());

  private final Requests requests;
  private final Figures figures;
  private final AccessLog log;
  private final Settings settings;

  /** Tells each request to the figures and to the log. */
  @Inject
  public RequestFilter(Requests requests, Figures figures, AccessLog log, Settings settings) {
    this.requests = requests;
    this.figures = figures;
    this.log = log;
    this.settings = settings;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer) {
      filter(asked, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Followed followed = new Followed(request, new CountedResponse(response));
    response.setHeader(RequestId.HEADER, followed.id.text());
    AnswerEnd.follow(request, followed::end);
    boolean goesOn = false;
    try {
      // Servers look for their own response where a socket is opened.
      chain.doFilter(request, AccessFilter.isSocket(request) ? response : followed.response);
      goesOn = request.isAsyncStarted() && followed.untilCompleted();
    } catch (IOException failure) {
      // Servers would fill a page of their log for each client that does not wait.
      if (!followed.response.isLeft()) {
        throw failure;
      }
      LOG.log(Level.DEBUG, "A client left before its answer ended", failure);
    } finally {
      if (!goesOn) {
        followed.end();
      }
    }
  }

  private final class Followed implements AsyncListener {
    private final HttpServletRequest request;
    private final CountedResponse response;
    private final RequestId id;
    private final String client;
    private final String method;
    private final Route route;
    private final long start = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Takes from the request what is not to be asked for when it has ended. */
    Followed(HttpServletRequest request, CountedResponse response) {
      this.request = request;
      this.response = response;
      this.id = RequestId.of(Optional.ofNullable(request.getHeader(RequestId.HEADER)));
      this.client = ClientAddress.of(request, settings);
      this.route = Route.of(request.getRequestURI().substring(request.getContextPath().length()));
      this.method = request.getMethod();
      requests.begin();
    }

    /** Returns false if it has been completed already. */
    boolean untilCompleted() {
      try {
        request.getAsyncContext().addListener(this);
        return true;
      } catch (IllegalStateException completed) {
        return false;
      }
    }

    void end() {
      if (ended.compareAndSet(false, true)) {
        requests.end();
        AnsweredRequest answered =
            new AnsweredRequest(
                id,
                client,
                method,
                route,
                response.getStatus(),
                response.rows(),
                response.bytes(),
                response.isLeft(),
                Duration.ofNanos(System.nanoTime() - start));
        figures.add(answered);
        log.add(answered);
      }
    }

    @Override
    public void onComplete(AsyncEvent event) {
      end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // What serves the request decides what becomes of it.
    }

    @Override
    public void onError(AsyncEvent event) {
      end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
