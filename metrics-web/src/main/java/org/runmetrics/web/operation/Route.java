package org.runmetrics.web.operation;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which call a request is, without what it asks of: there are few routes, and no content of runs in
 * their names.
 *
 * @param template as in {@code /api/runs/{run_id}/metrics_step}
 */
record Route(String template) {
  private static final Route OTHER = new Route("other");

  /** A part of a path that names a run or a file. */
  private static final Pattern NAME = Pattern.compile("\\{[a-z_]+}");

  private static final List<Known> KNOWN =
      List.of(
          known("/"),
          known("/runs/{run_id}"),
          known("/page/{file}"),
          known("/api/openapi.{form}"),
          known("/api/docs"),
          known("/api/docs/{file}"),
          known("/api/health"),
          known("/api/health/live"),
          known("/api/health/ready"),
          known("/api/health/started"),
          known("/api/metrics/cache/stats"),
          known("/api/metrics/prometheus"),
          known("/api/session"),
          known("/api/session/provider"),
          known("/api/session/provider/callback"),
          known("/api/runs"),
          known("/api/runs/stream"),
          known("/api/runs/{run_id}"),
          known("/api/runs/{run_id}/metrics"),
          known("/api/runs/{run_id}/metrics_step"),
          known("/api/runs/{run_id}/metrics_step/stream"),
          known("/api/runs/{run_id}/progress"),
          known("/api/runs/{run_id}/files"),
          known("/api/runs/{run_id}/skipped"),
          known("/api/runs/{run_id}/images"),
          known("/api/runs/{run_id}/media/{file}"),
          known("/api/runs/{run_id}/logs"),
          known("/api/runs/{run_id}/logs/search"),
          known("/api/runs/{run_id}/logs/file"),
          known("/api/runs/{run_id}/logs/ws"),
          known("/api/v2/experiments"),
          known("/api/v2/experiments/{run_id}"),
          known("/api/v2/experiments/{run_id}/metrics/fast"),
          known("/api/v2/summary"),
          known("/api/v2/stages"),
          known("/api/v2/series"),
          known("/api/v2/series/stream"));

  private record Known(Route route, Pattern path) {}

  /**
   * Finds the route of a request.
   *
   * @param path without the context's, as it was sent
   */
  static Route of(String path) {
    for (Known known : KNOWN) {
      if (known.path.matcher(path).matches()) {
        return known.route;
      }
    }
    return OTHER;
  }

  private static Known known(String template) {
    // Files lie in folders, so their names hold slashes.
    String path =
        NAME.matcher(template).replaceAll(name -> name.group().equals("{file}") ? ".+" : "[^/]+");
    return new Known(new Route(template), Pattern.compile(path + "/?"));
  }
}
