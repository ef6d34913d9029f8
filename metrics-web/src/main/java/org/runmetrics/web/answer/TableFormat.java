package org.runmetrics.web.answer;

import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/**
 * How a table is written.
 *
 * @param layout what it is written as
 * @param missingAsNull whether a metric that a row lacks is written as null, not left out
 * @param nonfiniteAsString whether NaN and infinities are written as strings, not as null
 */
public record TableFormat(Layout layout, boolean missingAsNull, boolean nonfiniteAsString) {

  /** What a table can be written as. */
  public enum Layout {
    /** One JSON object with a list of rows. */
    JSON(MediaType.APPLICATION_JSON, ""),
    /** Comma-separated values: RFC 4180. */
    CSV("text/csv", "csv"),
    /** A JSON object a line. */
    JSONL("application/x-ndjson", "jsonl"),
    /** One JSON object with a list for each column. */
    COLUMNS(MediaType.APPLICATION_JSON, "");

    private final String type;
    private final String suffix;

    Layout(String type, String suffix) {
      this.type = type;
      this.suffix = suffix;
    }

    /** Returns whether a client that accepts some media types takes this one. */
    public boolean isAcceptedAs(MediaType accepted) {
      return accepted.isCompatible(MediaType.valueOf(type));
    }

    /** Returns the media type. */
    MediaType mediaType() {
      return switch (this) {
        case JSON, COLUMNS -> MediaType.valueOf(type);
        case JSONL -> MediaType.valueOf(type + ";charset=utf-8");
        case CSV -> MediaType.valueOf(type + ";charset=utf-8;header=present");
      };
    }

    /** Returns the suffix of a file of it, if it is made to be a file. */
    Optional<String> suffix() {
      return Optional.of(suffix).filter(text -> !text.isEmpty());
    }
  }

  /** What is served where a client names no format, but media types that it accepts. */
  public static final String NEGOTIABLE_CSV = "text/csv;qs=0.9";

  public static final String NEGOTIABLE_JSONL = "application/x-ndjson;qs=0.8";
}
