package org.runmetrics.run;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.runmetrics.json.Json;

/**
 * What a run says about itself in its small JSON files.
 *
 * <p>Every field is read on its own: one of the wrong type counts as missing and spoils no other.
 *
 * @param run the run's directory
 * @param createdTime epoch seconds; the directory's time if the run does not say
 * @param status see {@link RunStatus}
 * @param hostname the machine that the run was started on
 * @param pid the training process on its host
 * @param bestMetricName the metric that the tracker watched
 * @param bestMetricValue its best value; never NaN or infinite
 * @param group the place in the hierarchy, such as {@code vision/small}
 * @param project the group's first segment
 * @param name the group after its first segment
 * @param alias a name that the user gave
 * @param tags words that the user gave
 * @param totalSteps the length of the run, if it says
 */
public record RunInfo(
    RunDirectory run,
    OptionalDouble createdTime,
    RunStatus status,
    Optional<String> hostname,
    OptionalLong pid,
    Optional<String> bestMetricName,
    OptionalDouble bestMetricValue,
    String group,
    Optional<String> project,
    Optional<String> name,
    Optional<String> alias,
    List<String> tags,
    OptionalLong totalSteps) {

  /** Reads the files of a run now. */
  public static RunInfo of(RunDirectory run) {
    return JsonFiles.read(run, files -> of(run, files, files.summary()));
  }

  /** Reads the files of a run whose {@code summary.json} is known. */
  static RunInfo of(RunDirectory run, JsonFiles files, Json.Fields summary) {
    Json.Fields meta = files.meta();
    RunStatus status = RunStatus.of(run, files.status(), meta);
    String group = meta.text("path").filter(text -> !text.isBlank()).orElse(run.group());
    int slash = group.indexOf('/');
    return new RunInfo(
        run,
        createdTime(meta, status, run),
        status,
        meta.text("hostname"),
        meta.whole("pid"),
        summary.text("best_metric_name"),
        summary.finite("best_metric_value"),
        group,
        meta.text("project").or(() -> segment(slash < 0 ? group : group.substring(0, slash))),
        meta.text("name").or(() -> segment(slash < 0 ? "" : group.substring(slash + 1))),
        meta.text("alias"),
        tags(meta),
        totalSteps(summary, meta));
  }

  /** Returns the run's id. */
  public RunId id() {
    return run.id();
  }

  /** Returns the run's directory relative to the storage root. */
  public String directory() {
    return run.relative();
  }

  /** Returns whether the run says that it is running and nobody can look at its process. */
  public boolean isOutOfSight() {
    return status.isRunning() && status.process().isEmpty();
  }

  /**
   * Returns how long a run has been silent whose process is out of sight, which is all that is
   * known of it: the seconds since it last wrote events, or else its log.
   *
   * @return nothing if its process can be looked at, if it is not running, or has written neither
   */
  public OptionalLong lastEventAgeSeconds(Instant now) {
    return isOutOfSight() ? run.silence(now) : OptionalLong.empty();
  }

  private static OptionalDouble createdTime(Json.Fields meta, RunStatus status, RunDirectory run) {
    OptionalDouble created = meta.finite("created_at");
    if (created.isPresent()) {
      return created;
    }
    if (status.startedAt().isPresent()) {
      return status.startedAt();
    }
    try {
      return OptionalDouble.of(Files.getLastModifiedTime(run.path()).toMillis() / 1000.0);
    } catch (IOException missing) {
      return OptionalDouble.empty();
    }
  }

  private static Optional<String> segment(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static List<String> tags(Json.Fields meta) {
    Json tags = meta.value("tags").orElse(Json.Null.NULL);
    Stream<Json> values =
        tags instanceof Json.Items items ? items.values().stream() : Stream.of(tags);
    return values.flatMap(RunInfo::tag).toList();
  }

  private static Stream<String> tag(Json value) {
    if (value instanceof Json.Text text) {
      return Stream.of(text.value());
    }
    return value instanceof Json.Whole whole
        ? Stream.of(Long.toString(whole.value()))
        : Stream.empty();
  }

  private static OptionalLong totalSteps(Json.Fields summary, Json.Fields meta) {
    return Stream.of(summary, meta)
        .flatMap(fields -> Stream.of("total_steps", "max_steps").map(fields::whole))
        .filter(steps -> steps.isPresent() && steps.getAsLong() > 0)
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}
