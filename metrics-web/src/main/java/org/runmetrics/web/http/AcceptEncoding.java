package org.runmetrics.web.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which content codings a client takes, as RFC 9110 has it in 12.5.3.
 *
 * @param weights of the codings by their names, from 0, which refuses one, to 1
 */
public record AcceptEncoding(Map<String, Double> weights) {
  private static final String ANY_OTHER = "*";

  /**
   * Reads the field.
   *
   * @param lines as often as it is given
   */
  public static AcceptEncoding of(List<String> lines) {
    Map<String, Double> weights = new HashMap<>();
    for (String item : String.join(",", lines).toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = item.split(";", -1);
      String name = parts[0].strip();
      // RFC 9110, 8.4.1.3: an old name of the same.
      weights.put(name.equals("x-gzip") ? "gzip" : name, weight(parts));
    }
    return new AcceptEncoding(weights);
  }

  /** Returns whether the client takes gzip, and does not like the plain text better. */
  public boolean takesGzip() {
    double gzip = weights.getOrDefault("gzip", weights.getOrDefault(ANY_OTHER, 0.0));
    return gzip > 0 && gzip >= weights.getOrDefault("identity", 0.0);
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].split("=", 2);
      if (parameter.length == 2 && parameter[0].strip().equals("q")) {
        try {
          return Double.parseDouble(parameter[1].strip());
        } catch (NumberFormatException notOne) {
          return 0;
        }
      }
    }
    return 1;
  }
}
