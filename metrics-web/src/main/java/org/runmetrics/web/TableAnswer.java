package org.runmetrics.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.runmetrics.view.Rows;
import org.runmetrics.view.Table;

/**
 * A table on its way to a client.
 *
 * @param table the table
 * @param rows those of its rows that are sent
 * @param total how many rows there were before some were chosen
 * @param format how to write them
 */
record TableAnswer(Table table, Rows rows, long total, TableFormat format) {

  Response.ResponseBuilder response() {
    Response.ResponseBuilder response =
        Response.ok(this, MediaType.APPLICATION_JSON_TYPE)
            .header("X-Row-Count", rows.count())
            .header("X-Total-Count", total)
            .header("X-Skipped-Lines", table.skippedLines());
    table.lastStep().ifPresent(step -> response.header("X-Last-Step", step));
    return response;
  }
}
