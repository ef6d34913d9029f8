package org.runmetrics.web.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.runmetrics.access.Viewer;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.index.SeenRuns;
import org.runmetrics.web.answer.RunList;
import org.runmetrics.web.delivery.Deliveries;
import org.runmetrics.web.http.Revision;
import org.runmetrics.web.query.RunsQuery;
import org.runmetrics.web.query.Viewers;

/** The list of runs. */
@Singleton
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {
  /** An answer, and what it was made of. */
  private record Listed(
      RunsQuery query, List<RunInfo> runs, List<RunInfo> ordered, RunList list, Revision revision) {
    static Listed of(RunsQuery query, List<RunInfo> runs, RunList before) {
      List<RunInfo> ordered = query.answer(runs);
      RunList list = before.with(ordered);
      return new Listed(query, runs, ordered, list, Revision.ofText(list.bytes()));
    }

    /** Makes the next answer, with no more work than what changed asks for. */
    @SuppressWarnings("ReferenceEquality") // What is the same list needs no look at each run.
    Listed next(RunsQuery asked, List<RunInfo> now) {
      if (runs != now || !query.equals(asked)) {
        return of(asked, now, list);
      }
      RunList same = list.with(ordered);
      return same == list
          ? this
          : new Listed(query, runs, ordered, same, Revision.ofText(same.bytes()));
    }
  }

  /** The last answer to each viewer of late; those that see all have one in common. */
  private static final class LastLists {
    /** An answer may hold some megabytes. */
    private static final int MOST = 16;

    private static final Listed NONE = Listed.of(new RunsQuery("path"), List.of(), RunList.EMPTY);

    /** Guarded by this; the one that was asked for longest ago comes first. */
    private final Map<Viewer, Listed> lists = new LinkedHashMap<>(MOST, 0.75f, true);

    private synchronized Listed of(Viewer viewer) {
      return lists.getOrDefault(shared(viewer), NONE);
    }

    private synchronized void keep(Viewer viewer, Listed list) {
      lists.put(shared(viewer), list);
      if (lists.size() > MOST) {
        lists.remove(lists.keySet().iterator().next());
      }
    }

    private static Viewer shared(Viewer viewer) {
      return viewer.seesAll() ? Viewer.GUEST : viewer;
    }
  }

  @Inject Viewers viewers;
  @Inject Deliveries deliveries;

  /** The last answers, from which the next are made. */
  private final LastLists last = new LastLists();

  /** Lists all runs, in the order that {@link RunsQuery} says. */
  @GET
  public void list(
      @Context UriInfo uri, @Context HttpServletRequest request, @Suspended AsyncResponse client) {
    deliveries.send(client, request, () -> listed(uri, request));
  }

  private Response listed(UriInfo uri, HttpServletRequest request) {
    RunsQuery query = RunsQuery.of(uri);
    SeenRuns seen = viewers.runs(request).seen();
    Listed before = last.of(seen.viewer());
    Listed listed = before.next(query, seen.runs());
    last.keep(seen.viewer(), listed);
    return listed.revision().answer(request, () -> Response.ok(listed.list().bytes())).build();
  }
}
