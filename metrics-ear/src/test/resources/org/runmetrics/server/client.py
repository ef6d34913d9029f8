# Uses the client that was made of the description, against the server at the first argument.
import sys

import runmetrics_client as client

configuration = client.Configuration(host=sys.argv[1])
with client.ApiClient(configuration) as connection:
    runs = client.RunsApi(connection)
    print("runs", len(runs.list_runs(order="path")))
    run = runs.get_run("20250114_153045_a1b2c3")
    print("run", run.status, run.duration, run.parameters["lr"], run.alias)

    rows = client.MetricsApi(connection).get_metrics_by_step(run.id, since_step=1998)
    print("rows", rows.columns[0], rows.total, len(rows.rows))

    series = client.SeriesApi(connection).get_series([run.id], metrics=["loss", "val_*"], points=10)
    print("curves", [(curve.metric, len(curve.x)) for curve in series.series], series.missing.runs)

    page = client.ExperimentsApi(connection).list_experiments(status=["finished"], per_page=2)
    print("page", len(page.experiments), page.has_next)
    found = client.LogsApi(connection).search_log(run.id, "epoch 2", limit=1)
    print("found", found.count, found.matches[0].at)
    print("ready", client.OperationApi(connection).get_readiness().status)

    for refused in (
        lambda: runs.get_run("no-such-run"),
        lambda: client.SeriesApi(connection).get_series([run.id], axis="no-such-metric"),
    ):
        try:
            refused()
        except client.ApiException as error:
            print("refused", error.status, error.body)
