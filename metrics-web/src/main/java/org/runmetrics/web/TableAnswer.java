package org.runmetrics.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.runmetrics.view.Table;

/**
 * A table on its way to a client.
 *
 * @param table the rows
 * @param format how to write them
 */
record TableAnswer(Table table, TableFormat format) {

  Response response() {
    Response.ResponseBuilder response =
        Response.ok(this, MediaType.APPLICATION_JSON_TYPE)
            .header("X-Row-Count", table.rowCount())
            .header("X-Total-Count", table.rowCount())
            .header("X-Skipped-Lines", table.skippedLines());
    table.lastStep().ifPresent(step -> response.header("X-Last-Step", step));
    return response.build();
  }
}
