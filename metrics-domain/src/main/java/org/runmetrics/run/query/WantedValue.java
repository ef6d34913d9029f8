package org.runmetrics.run.query;

import java.util.Optional;
import java.util.OptionalDouble;
import org.runmetrics.json.Json;
import org.runmetrics.json.JsonText;

/**
 * A value of a parameter as a client writes it.
 *
 * @param text its text
 * @param value the number, or the list, that the text is, if it is one
 */
public record WantedValue(String text, Optional<Json> value) {
  private static final String KEY = "value";

  /** Reads a text. */
  public static WantedValue of(String text) {
    return new WantedValue(
        text, JsonText.parse("{\"" + KEY + "\":" + text + "}").flatMap(it -> it.value(KEY)));
  }

  /**
   * Returns whether a parameter has the value.
   *
   * <p>Numbers are compared as numbers, so that {@code 0.001} is {@code 1e-3}, texts letter by
   * letter. True, false and null may be written as JSON or as Python writes them.
   */
  boolean matches(Json parameter) {
    if (parameter instanceof Json.Text other) {
      return other.value().equals(text);
    }
    if (parameter instanceof Json.Flag flag) {
      return Boolean.toString(flag.value()).equalsIgnoreCase(text);
    }
    if (parameter == Json.Null.NULL) {
      return text.equals("null") || text.equals("None");
    }
    return value
        .filter(wanted -> wanted.equals(parameter) || isSame(wanted, parameter))
        .isPresent();
  }

  /** Tells integers of 64 bits apart, and no integer from the same decimal. */
  private static boolean isSame(Json wanted, Json parameter) {
    OptionalDouble number = number(wanted);
    return number.isPresent()
        && number.equals(number(parameter))
        && !(wanted instanceof Json.Whole && parameter instanceof Json.Whole);
  }

  /** Returns a number as a double; adding zero turns -0.0 into 0.0, which is the same number. */
  static OptionalDouble number(Json value) {
    if (value instanceof Json.Whole whole) {
      return OptionalDouble.of((double) whole.value());
    }
    return value instanceof Json.Decimal decimal
        ? OptionalDouble.of(decimal.value() + 0.0)
        : OptionalDouble.empty();
  }
}
