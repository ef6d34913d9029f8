package org.runmetrics.web.answer;

import java.io.IOException;
import java.io.OutputStream;
import org.runmetrics.view.Table;
import org.runmetrics.web.text.JsonOutput;

/** Streams a table: the answer is never in memory as a whole. */
final class TableWriter {
  private TableWriter() {}

  static void write(TableAnswer answer, OutputStream stream) throws IOException {
    write(answer, new JsonOutput(stream));
  }

  private static void write(TableAnswer answer, JsonOutput output) throws IOException {
    Table table = answer.table();
    TableFormat format = answer.format();
    String axis = table.axis().columnName();
    switch (format.layout()) {
      case JSON -> {
        writeColumns(table, output);
        output.raw(",\"rows\":[");
        writeRows(answer, JsonDialect.ofRows(axis, ",", "", format), output);
        output.raw("]");
        writeCounts(answer, output);
      }
      case COLUMNS -> {
        writeColumns(table, output);
        output.raw(",\"data\":{");
        new ColumnsWriter(table, answer.rows(), format, output).write();
        output.raw("}");
        writeCounts(answer, output);
      }
      case JSONL -> writeRows(answer, JsonDialect.ofRows(axis, "\n", "\n", format), output);
      case CSV -> {
        CsvDialect dialect = new CsvDialect();
        writeHeader(table, dialect, output);
        writeRows(answer, dialect, output);
      }
    }
    output.flush();
  }

  static void writeColumns(Table table, JsonOutput output) throws IOException {
    output.raw("{\"columns\":").strings(table.columns());
  }

  private static void writeHeader(Table table, CsvDialect dialect, JsonOutput output)
      throws IOException {
    boolean first = true;
    for (String column : table.columns()) {
      output.raw(first ? "" : ",").bytes(dialect.text(column));
      first = false;
    }
    output.raw(first ? "" : "\r\n");
  }

  private static void writeRows(TableAnswer answer, Dialect dialect, JsonOutput output)
      throws IOException {
    new RowWriter(answer.table(), answer.rows(), dialect, output).write();
  }

  private static void writeCounts(TableAnswer answer, JsonOutput output) throws IOException {
    output.raw(",\"total\":").whole(answer.total());
    output.raw(",\"sampled\":").whole(answer.rows().count()).raw("}");
  }
}
