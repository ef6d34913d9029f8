package org.runmetrics.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import org.runmetrics.json.Kind;
import org.runmetrics.series.Axis;
import org.runmetrics.series.Metric;
import org.runmetrics.view.RowCursor;
import org.runmetrics.view.Table;

/** Streams a table as JSON, row by row: the answer is never in memory as a whole. */
@Provider
public class TableWriter implements MessageBodyWriter<TableAnswer> {
  private static final Logger LOG = System.getLogger(TableWriter.class.getName());

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == TableAnswer.class;
  }

  @Override
  public void writeTo(
      TableAnswer answer,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream stream) {
    try {
      write(answer, new JsonOutput(stream));
    } catch (IOException clientLeft) {
      // Nobody is there to be told; reading the run fails with other exceptions.
      LOG.log(Level.DEBUG, "A client left before its answer ended", clientLeft);
    }
  }

  private static void write(TableAnswer answer, JsonOutput output) throws IOException {
    Table table = answer.table();
    output.raw("{\"columns\":[");
    boolean first = true;
    for (String column : table.columns()) {
      output.raw(first ? "" : ",").string(column);
      first = false;
    }
    output.raw("],\"rows\":[");
    new Rows(table, answer.format(), output).write();
    output.raw("],\"total\":").whole(table.rowCount());
    output.raw(",\"sampled\":").whole(table.rowCount()).raw("}");
    output.flush();
  }

  /** The rows of one answer. */
  private static final class Rows {
    private final Table table;
    private final TableFormat format;
    private final JsonOutput output;
    private final List<Metric> metrics;

    /** When the run's first row was logged, in epoch seconds. */
    private final double start;

    Rows(Table table, TableFormat format, JsonOutput output) {
      this.table = table;
      this.format = format;
      this.output = output;
      this.metrics = table.metrics();
      this.start = Axis.timeOfKey(table.firstKey());
    }

    void write() throws IOException {
      RowCursor row = table.rows();
      boolean first = true;
      while (row.next()) {
        output.raw(first ? "{" : ",{");
        writeAxis(row.key());
        for (int i = 0; i < metrics.size(); i++) {
          writeCell(metrics.get(i), row, row.seek(i));
        }
        output.raw("}");
        first = false;
      }
    }

    private void writeAxis(long key) throws IOException {
      output.string(table.axis().columnName()).raw(":");
      if (table.axis() == Axis.STEP) {
        output.whole(key);
        return;
      }
      output.decimal(Axis.timeOfKey(key) - start);
    }

    private void writeCell(Metric metric, RowCursor cell, Kind kind) throws IOException {
      if (kind == Kind.ABSENT && !format.missingAsNull()) {
        return;
      }
      output.raw(",").string(metric.name()).raw(":");
      switch (kind) {
        case ABSENT, NULL -> output.raw("null");
        case FALSE -> output.raw("false");
        case TRUE -> output.raw("true");
        case TEXT -> output.string(cell.text());
        case WHOLE, DECIMAL -> {
          if (metric.whole() && kind == Kind.WHOLE) {
            output.whole(cell.whole());
          } else {
            writeNumber(cell.number());
          }
        }
      }
    }

    private void writeNumber(double number) throws IOException {
      if (Double.isFinite(number)) {
        output.decimal(number);
      } else if (format.nonfiniteAsString()) {
        output.string(Double.toString(number));
      } else {
        output.raw("null");
      }
    }
  }
}
