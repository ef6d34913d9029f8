package org.runmetrics.web.query;

import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.runmetrics.image.ImageFilter;

/**
 * What a request wants of the images of a run.
 *
 * @param filter which images
 * @param offset how many of these are left out at the beginning
 * @param limit how many are answered at most
 */
public record ImagesQuery(ImageFilter filter, int offset, int limit) {
  private static final int MAX_LIMIT = 10_000;

  /** Reads the parameters of a request. */
  public static ImagesQuery of(UriInfo uri) {
    Parameters parameters = Parameters.of(uri, "key", "step_range", "offset", "limit");
    StepRange steps = parameters.stepRange("step_range");
    return new ImagesQuery(
        new ImageFilter(Set.copyOf(parameters.names("key").values()), steps.min(), steps.max()),
        parameters.integer("offset", 0, Integer.MAX_VALUE).orElse(0),
        parameters.integer("limit", 0, MAX_LIMIT).orElse(MAX_LIMIT));
  }

  /** Returns a text that no other query has, and that is the same in any process. */
  @Override
  public String toString() {
    // Keys may hold any sign, so each is told with its length.
    return "ImagesQuery[%s, %d, %d, %d, %d]"
        .formatted(
            filter.keys().stream().sorted().map(key -> key.length() + ":" + key).toList(),
            filter.minStep(),
            filter.maxStep(),
            offset,
            limit);
  }
}
