package org.runmetrics.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.runmetrics.view.Table;

/** Streams a table as JSON, row by row: the answer is never in memory as a whole. */
@Provider
public class TableWriter implements MessageBodyWriter<TableAnswer> {
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
      OutputStream stream)
      throws IOException {
    write(answer, new JsonOutput(stream));
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
    new RowWriter(table, answer.rows(), answer.format(), output).write();
    output.raw("],\"total\":").whole(answer.total());
    output.raw(",\"sampled\":").whole(answer.rows().count()).raw("}");
    output.flush();
  }
}
