package org.runmetrics.web.answer;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.runmetrics.run.BoundedFields;
import org.runmetrics.run.RunFacts;
import org.runmetrics.run.RunInfo;
import org.runmetrics.web.text.JsonOutput;
import org.runmetrics.web.text.JsonTree;

/**
 * A run as the list and the detail show it.
 *
 * <p>Times have two names each, since the tracker calls them one way in its list and another in its
 * files and in its V2 API.
 */
public final class RunJson {
  /** About what a run takes, and rather more; see {@link JsonOutput#text}. */
  public static final int ROOM_BYTES = 1 << 10;

  /** What an entry of a list may have besides. */
  public enum Part {
    PARAMETERS,
    SUMMARY
  }

  private final JsonOutput output;

  private RunJson(JsonOutput output) {
    this.output = output;
  }

  /** Writes a run as the list shows it. */
  public static void write(RunInfo run, JsonOutput output) throws IOException {
    output.raw("{");
    new RunJson(output).fields(run, Instant.now());
    output.raw("}");
  }

  /** Writes a run as the list shows it, and some of what else is known of it. */
  static void write(RunFacts run, Set<Part> parts, JsonOutput output) throws IOException {
    output.raw("{");
    RunJson json = new RunJson(output);
    json.fields(run.info(), Instant.now());
    if (parts.contains(Part.PARAMETERS)) {
      json.bounded("parameters", run.parameters());
    }
    if (parts.contains(Part.SUMMARY)) {
      json.bounded("summary", run.summary());
    }
    output.raw("}");
  }

  /**
   * Returns a run as the detail shows it.
   *
   * @param duration the seconds from its start to its end, or to now while it runs
   * @param now what all times are told at
   */
  public static byte[] detail(
      RunFacts run, OptionalDouble duration, int images, long skippedLines, Instant now) {
    return JsonOutput.text(
        ROOM_BYTES,
        output -> {
          output.raw("{");
          RunJson json = new RunJson(output);
          json.fields(run.info(), now);
          json.number("duration", duration);
          json.bounded("parameters", run.parameters());
          json.bounded("summary", run.summary());
          json.whole("images_count", OptionalLong.of(images));
          json.whole("skipped_lines", OptionalLong.of(skippedLines));
          output.raw("}");
        });
  }

  private void fields(RunInfo run, Instant now) throws IOException {
    output.raw("\"id\":").string(run.id().value());
    text("run_dir", run.directory());
    number("created_time", run.createdTime());
    number("created_at", run.createdTime());
    number("start_time", run.status().startedAt());
    number("started_at", run.status().startedAt());
    number("end_time", run.status().endedAt());
    number("ended_at", run.status().endedAt());
    text("status", run.status().status());
    text("exit_reason", run.status().exitReason());
    whole("last_event_age_seconds", run.lastEventAgeSeconds(now));
    text("hostname", run.hostname());
    whole("pid", run.pid());
    number("best_metric_value", run.bestMetricValue());
    text("best_metric_name", run.bestMetricName());
    text("path", run.group());
    text("project", run.project());
    text("name", run.name());
    text("alias", run.alias());
    name("tags");
    output.strings(run.tags());
  }

  /** Writes an object, and how many of its fields there was no room for. */
  private void bounded(String name, BoundedFields bounded) throws IOException {
    name(name);
    JsonTree.write(bounded.fields(), output);
    name(name + "_left_out");
    output.whole(bounded.leftOut());
  }

  private void whole(String name, OptionalLong value) throws IOException {
    name(name);
    if (value.isPresent()) {
      output.whole(value.getAsLong());
    } else {
      output.raw("null");
    }
  }

  private void number(String name, OptionalDouble value) throws IOException {
    name(name);
    if (value.isPresent()) {
      output.decimal(value.getAsDouble());
    } else {
      output.raw("null");
    }
  }

  private void text(String name, String value) throws IOException {
    name(name);
    output.string(value);
  }

  private void text(String name, Optional<String> value) throws IOException {
    name(name);
    if (value.isPresent()) {
      output.string(value.get());
    } else {
      output.raw("null");
    }
  }

  private void name(String name) throws IOException {
    output.raw(",").string(name).raw(":");
  }
}
