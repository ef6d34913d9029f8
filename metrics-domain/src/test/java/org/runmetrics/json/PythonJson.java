package org.runmetrics.json;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes values as Python's {@code json.dumps} does. */
record PythonJson(boolean ensureAscii) {

  String dumps(Json value) {
    if (value instanceof Json.Fields fields) {
      return fields.values().entrySet().stream()
          .map(field -> string(field.getKey()) + ": " + dumps(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Json.Items items) {
      return items.values().stream().map(this::dumps).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Json.Text text) {
      return string(text.value());
    }
    if (value instanceof Json.Decimal decimal) {
      return number(decimal.value());
    }
    if (value instanceof Json.Whole whole) {
      return Long.toString(whole.value());
    }
    return value instanceof Json.Flag flag ? Boolean.toString(flag.value()) : "null";
  }

  /** Writes an exponent, as Python does, only from 1e16 and below 1e-4. */
  private static String number(double value) {
    String java = Double.toString(value);
    int exponent = java.indexOf('E');
    if (exponent < 0) {
      return java;
    }
    double size = Math.abs(value);
    if (size >= 1e-4 && size < 1e16) {
      String plain = new BigDecimal(java).toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String fraction = java.substring(0, exponent).replaceFirst("\\.0$", "");
    int power = Integer.parseInt(java.substring(exponent + 1));
    return String.format(
        Locale.ROOT, "%se%s%02d", fraction, power < 0 ? "-" : "+", Math.abs(power));
  }

  private String string(String text) {
    StringBuilder written = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> written.append("\\\"");
        case '\\' -> written.append("\\\\");
        case '\b' -> written.append("\\b");
        case '\f' -> written.append("\\f");
        case '\n' -> written.append("\\n");
        case '\r' -> written.append("\\r");
        case '\t' -> written.append("\\t");
        default -> {
          if (c < ' ' || (ensureAscii && c > '~')) {
            written.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            written.append(c);
          }
        }
      }
    }
    return written.append('"').toString();
  }
}
