package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.runmetrics.curve.CurveAxis;
import org.runmetrics.curve.CurveQuery;
import org.runmetrics.curve.Shape;

/**
 * What a request wants of the series of some runs.
 *
 * @param runs ids, at least one
 * @param metrics names or patterns; none for all
 * @param axis the axis as it was named
 * @param curves what is wanted of each
 */
public record SeriesQuery(Names runs, Names metrics, String axis, CurveQuery curves) {
  private static final int MIN_POINTS = 10;
  private static final int MAX_POINTS = 10_000;
  private static final int DEFAULT_POINTS = 1000;
  private static final String SMOOTH_PREFIX = "ema:";

  /** Reads the parameters of a request. */
  public static SeriesQuery of(UriInfo uri) {
    Parameters parameters =
        Parameters.of(uri, "runs", "metrics", "axis", "range", "points", "shape", "smooth");
    String axis = parameters.text("axis").orElse("step");
    Range range = parameters.range("range");
    return new SeriesQuery(
        parameters.runs("runs"),
        parameters.names("metrics").withFewPatterns(),
        axis,
        new CurveQuery(
            CurveAxis.of(axis),
            range.min(),
            range.max(),
            parameters.integer("points", MIN_POINTS, MAX_POINTS).orElse(DEFAULT_POINTS),
            Shape.valueOf(
                parameters.choice("shape", "minmax", "lttb", "raw").toUpperCase(Locale.ROOT)),
            smooth(parameters)));
  }

  private static OptionalDouble smooth(Parameters parameters) {
    Optional<String> value = parameters.text("smooth");
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (value.get().startsWith(SMOOTH_PREFIX)) {
      Optional<Double> weight = NumberText.decimal(value.get().substring(SMOOTH_PREFIX.length()));
      if (weight.isPresent() && weight.get() > 0 && weight.get() < 1) {
        return OptionalDouble.of(weight.get());
      }
    }
    throw Parameters.wrong(
        "smooth", "ema:W with a weight W above 0 and below 1, such as ema:0.9", value.get());
  }
}
