package org.runmetrics.run.query;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.runmetrics.run.Host;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunId;
import org.runmetrics.run.RunInfo;
import org.runmetrics.run.RunStatus;

/** A run as the index knows it, of which a test sets what matters to it. */
record ListedRun(
    String id,
    String status,
    OptionalDouble created,
    OptionalDouble best,
    String group,
    Optional<String> project,
    Optional<String> name,
    Optional<String> alias,
    List<String> tags) {

  /** Returns a run that says nothing. */
  static ListedRun of(String id) {
    return new ListedRun(
        id,
        "unknown",
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  ListedRun status(String word) {
    return new ListedRun(id, word, created, best, group, project, name, alias, tags);
  }

  ListedRun created(double time) {
    return new ListedRun(
        id, status, OptionalDouble.of(time), best, group, project, name, alias, tags);
  }

  ListedRun best(double value) {
    return new ListedRun(
        id, status, created, OptionalDouble.of(value), group, project, name, alias, tags);
  }

  /** Puts the run into a group, and with it into a project. */
  ListedRun group(String project, String name) {
    return new ListedRun(
        id,
        status,
        created,
        best,
        project + "/" + name,
        Optional.of(project),
        Optional.of(name),
        alias,
        tags);
  }

  ListedRun alias(String word) {
    return new ListedRun(id, status, created, best, group, project, name, Optional.of(word), tags);
  }

  ListedRun tags(String... words) {
    return new ListedRun(id, status, created, best, group, project, name, alias, List.of(words));
  }

  RunInfo info() {
    return new RunInfo(
        new RunDirectory(
            new RunId(id),
            Path.of("runs", group, id),
            group,
            "runs/" + group + "/" + id,
            group + "/" + id,
            Path.of("runs"),
            Path.of("runs"),
            new Host("")),
        created,
        new RunStatus(
            status,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        best,
        group,
        project,
        name,
        alias,
        tags,
        OptionalLong.empty());
  }
}
