package org.runmetrics.web.query;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.runmetrics.access.Viewer;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.web.http.Problem;

/**
 * Who sent a request, and the runs that are there for them.
 *
 * <p>Resources get at runs by this alone, so that none can forget to ask. Safe for use by several
 * threads.
 */
@Singleton
public class Viewers {
  private static final String VIEWER = Viewer.class.getName();

  private final RunCatalog catalog;
  private final SeriesCache cache;

  /** One for each user that there is. */
  private final Map<Viewer, SeenRuns> seen = new ConcurrentHashMap<>();

  /** Looks runs up in a catalog. */
  @Inject
  public Viewers(RunCatalog catalog, SeriesCache cache) {
    this.catalog = catalog;
    this.cache = cache;
  }

  /** Takes note of who sent a request, which was let in. */
  public static void note(HttpServletRequest request, Viewer viewer) {
    request.setAttribute(VIEWER, viewer);
  }

  /** Returns who sent a request; it is an error to ask for one that nobody let in. */
  public static Viewer of(HttpServletRequest request) {
    if (request.getAttribute(VIEWER) instanceof Viewer viewer) {
      return viewer;
    }
    throw new IllegalStateException("A request for runs that nobody let in");
  }

  /** Keeps what is told of all runs from those that see only some. */
  public static void checkSeesAll(HttpServletRequest request) {
    if (!of(request).seesAll()) {
      throw Problem.forbidden(
          "Figures tell of all runs, and are for those who see all: a line ** = NAME in the file of"
              + " rules");
    }
  }

  /** Returns the runs that whoever sent a request may see. */
  public RequestedRuns runs(HttpServletRequest request) {
    Viewer viewer = of(request);
    return new RequestedRuns(seen.computeIfAbsent(viewer, it -> new SeenRuns(catalog, it)), cache);
  }
}
