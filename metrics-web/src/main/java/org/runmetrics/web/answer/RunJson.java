package org.runmetrics.web.answer;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.run.RunInfo;
import org.runmetrics.web.text.JsonOutput;

/** A run as the list and the detail show it. */
public final class RunJson {
  /** About what a run takes, and rather more; see {@link JsonOutput#text}. */
  public static final int ROOM_BYTES = 1 << 10;

  private final JsonOutput output;

  private RunJson(JsonOutput output) {
    this.output = output;
  }

  /** Writes a run as the list shows it. */
  public static void write(RunInfo run, JsonOutput output) throws IOException {
    output.raw("{");
    new RunJson(output).fields(run);
    output.raw("}");
  }

  /** Returns a run as the detail shows it. */
  public static byte[] detail(RunInfo run, long skippedLines) {
    return JsonOutput.text(
        ROOM_BYTES,
        output -> {
          output.raw("{");
          new RunJson(output).fields(run);
          output.raw(",\"skipped_lines\":").whole(skippedLines).raw("}");
        });
  }

  private void fields(RunInfo run) throws IOException {
    output.raw("\"id\":").string(run.id().value());
    text("run_dir", run.directory());
    number("created_time", run.createdTime());
    text("status", run.status().status());
    text("exit_reason", run.status().exitReason());
    whole("last_event_age_seconds", run.lastEventAgeSeconds(Instant.now()));
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
