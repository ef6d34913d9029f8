package org.runmetrics.web.text;

import java.io.IOException;
import java.util.Map;
import org.runmetrics.json.Json;

/**
 * Writes values that were read from a file as JSON; NaN and infinities, which it lacks, as null.
 */
public final class JsonTree {
  private JsonTree() {}

  /** Writes a value with all that is in it. */
  public static void write(Json value, JsonOutput output) throws IOException {
    if (value instanceof Json.Whole whole) {
      output.whole(whole.value());
    } else if (value instanceof Json.Decimal decimal && Double.isFinite(decimal.value())) {
      output.decimal(decimal.value());
    } else if (value instanceof Json.Text text) {
      output.string(text.value());
    } else if (value instanceof Json.Flag flag) {
      output.raw(Boolean.toString(flag.value()));
    } else if (value instanceof Json.Items items) {
      output.raw("[");
      String separator = "";
      for (Json item : items.values()) {
        write(item, output.raw(separator));
        separator = ",";
      }
      output.raw("]");
    } else if (value instanceof Json.Fields fields) {
      output.raw("{");
      String separator = "";
      for (Map.Entry<String, Json> field : fields.values().entrySet()) {
        write(field.getValue(), output.raw(separator).string(field.getKey()).raw(":"));
        separator = ",";
      }
      output.raw("}");
    } else {
      output.raw("null");
    }
  }
}
