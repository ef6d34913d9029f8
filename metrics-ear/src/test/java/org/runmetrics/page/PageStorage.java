package org.runmetrics.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs to look at: a sweep, one with a spike, one with gaps, one that trains, one with hostile
 * names.
 *
 * @param root the storage root
 */
record PageStorage(Path root) {
  /** The runs of the sweep, by their learning rates; newest last. */
  static final List<String> SWEEP =
      List.of(
          "20260101_100000_aaaaa1",
          "20260101_110000_aaaaa2",
          "20260101_120000_aaaaa3",
          "20260101_130000_aaaaa4");

  static final String SPIKE = "20260102_100000_bbbbb1";
  static final String GAPS = "20260102_110000_bbbbb2";
  static final String IMAGES = "20260102_120000_bbbbb3";
  static final String LIVE = "20260103_100000_ccccc1";
  static final String HOSTILE = "20260102_130000_ddddd1";
  static final String BROKEN = "20260101_000000_fffff1";
  static final String EMPTY = "20260102_140000_eeeee1";

  static final String LONG_NAME =
      "train/" + "a-very-long-name-of-a-metric-".repeat(100) + "that-ends-here";

  /** Names of which none may be read as markup, as a property or as a key. */
  static final List<String> HOSTILE_NAMES =
      List.of(
          "<img src=x onerror=window.hacked=1>",
          "__proto__",
          "constructor",
          "a,b",
          "\u202Eright to left",
          "line\nend",
          "back\\slash",
          "ends in one\\",
          LONG_NAME);

  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  static PageStorage write(Path root) throws IOException {
    PageStorage storage = new PageStorage(root);
    for (int i = 0; i < SWEEP.size(); i++) {
      storage.sweep(SWEEP.get(i), i);
    }
    storage.spike();
    storage.gaps();
    storage.images();
    storage.hostile();
    storage.run(BROKEN, "misc/broken", "failed", "{}", "no event\nnor this\n");
    storage.run(EMPTY, "misc/empty", "finished", "{}", "");
    storage.live();
    return storage;
  }

  /** Appends a step to the run that trains. */
  void train(int step) {
    append(LIVE, "events.jsonl", event(step, "\"loss\": " + 1.0 / step));
    append(LIVE, "logs.txt", "step " + step + "\n");
  }

  /** Appends a step in which another metric is logged too. */
  void train(int step, String metric) {
    append(LIVE, "events.jsonl", event(step, "\"loss\": 0.5, " + quoted(metric) + ": " + step));
  }

  /** Begins a run that trains. */
  void begin(String id) throws IOException {
    run(id, "new/now", "running", "{\"lr\": 0.25}", event(1, "\"loss\": 1"));
  }

  /** Deletes a run. */
  void remove(String id) throws IOException {
    try (Stream<Path> files = Files.walk(directory(id))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  void append(String run, String file, String text) {
    try {
      Files.writeString(
          directory(run).resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Path directory(String run) {
    return root.resolve("runs").resolve("page").resolve(run);
  }

  private void sweep(String id, int number) throws IOException {
    double rate = Math.pow(10, -number - 1);
    StringBuilder events = new StringBuilder();
    for (int step = 1; step <= 3_000; step++) {
      double loss = 2 * Math.exp(-step * (number + 1) / 1500.0) + 0.01 * (step % 7);
      events.append(
          event(
              step,
              String.format(
                  Locale.ROOT,
                  "\"loss\": %.5f, \"train/accuracy\": %.5f, \"stage\": \"%s\"%s",
                  loss,
                  1 - loss / 3,
                  step <= 500 ? "warmup" : "train",
                  step % 50 == 0
                      ? String.format(Locale.ROOT, ", \"val_loss\": %.5f", loss * 1.1)
                      : "")));
    }
    run(
        id,
        "sweep/lr",
        "finished",
        String.format(
            Locale.ROOT,
            "{\"lr\": %s, \"model\": {\"depth\": 12, \"width\": %d}, \"same\": \"everywhere\"}",
            rate,
            number < 2 ? 256 : 512),
        events.toString());
    Files.writeString(
        directory(id).resolve("summary.json"),
        String.format(
            Locale.ROOT,
            "{\"best_metric_name\": \"train/accuracy\", \"best_metric_value\": %s}",
            0.9 + number * 0.02));
  }

  private void spike() throws IOException {
    StringBuilder events = new StringBuilder();
    for (int step = 1; step <= 2_000; step++) {
      events.append(event(step, "\"loss\": " + (step == 1_000 ? 1e6 : 1 + (step % 10) / 100.0)));
    }
    run(SPIKE, "misc/spike", "failed", "{}", events.toString());
  }

  private void gaps() throws IOException {
    StringBuilder events = new StringBuilder();
    for (int step = 1; step <= 300; step++) {
      String loss =
          step > 100 && step <= 200 ? "NaN" : String.valueOf(step < 50 ? -1.0 : 3.0 / step);
      events.append(event(step, "\"loss\": " + loss));
    }
    run(GAPS, "misc/gaps", "finished", "{}", "not an event\n" + events);
  }

  private void images() throws IOException {
    StringBuilder events = new StringBuilder(event(1, "\"loss\": 1"));
    Path media = Files.createDirectories(directory(IMAGES).resolve("media"));
    for (int step = 100; step <= 300; step += 100) {
      for (String key : List.of("sample", "mask")) {
        String file = key + "_" + step + ".png";
        Files.write(media.resolve(file), Base64.getDecoder().decode(PIXEL));
        events.append(
            String.format(
                Locale.ROOT,
                "{\"ts\": %d, \"type\": \"image\", \"data\": {\"key\": \"%s\", \"path\": \"media/%s\","
                    + " \"step\": %d, \"caption\": \"<b>%s</b> at %d\"}}\n",
                1_760_000_000 + step,
                key,
                file,
                step,
                key,
                step));
      }
    }
    run(IMAGES, "misc/images", "finished", "{}", events.toString());
  }

  private void hostile() throws IOException {
    StringBuilder events = new StringBuilder();
    for (int step = 1; step <= 20; step++) {
      StringBuilder data = new StringBuilder();
      for (String name : HOSTILE_NAMES) {
        data.append(data.isEmpty() ? "" : ", ").append(quoted(name)).append(": ").append(step);
      }
      String stage = step <= 10 ? "<i>warm</i>" : "\u202Ecold";
      events.append(event(step, data + ", \"stage\": \"" + stage + "\""));
    }
    run(
        HOSTILE,
        "<img src=x onerror=window.hacked=1>",
        "finished",
        "{\"__proto__\": {\"x\": 1}, \"<b>bold</b>\": \"<script>window.hacked=1</script>\"}",
        events.toString());
    append(
        HOSTILE, "logs.txt", "<img src=x onerror=window.hacked=1>\n\u001b[31mred\u001b[0m plain\n");
  }

  private void live() throws IOException {
    run(LIVE, "live/now", "running", "{\"lr\": 0.5}", "");
    for (int step = 1; step <= 50; step++) {
      train(step);
    }
  }

  private void run(String id, String path, String status, String parameters, String events)
      throws IOException {
    Path directory = Files.createDirectories(directory(id));
    long created =
        1_760_000_000L
            + Long.parseLong(id.substring(0, 8)) % 100 * 86_400
            + Long.parseLong(id.substring(9, 11)) * 3_600;
    Files.writeString(
        directory.resolve("meta.json"),
        String.format(
            Locale.ROOT,
            "{\"id\": \"%s\", \"path\": %s, \"created_at\": %d, \"hostname\": \"elsewhere\", \"pid\": 1, \"tags\": [\"%s\"]}",
            id,
            quoted(path),
            created,
            path.split("/", 2)[0].replace("<", "").replace(">", "")));
    Files.writeString(
        directory.resolve("status.json"),
        String.format(
            Locale.ROOT,
            "{\"status\": \"%s\", \"started_at\": %d, \"ended_at\": %s}",
            status,
            created,
            status.equals("running") ? "null" : created + 600));
    Files.writeString(
        directory.resolve("assets.json"), "{\"config\": {\"args\": " + parameters + "}}");
    Files.writeString(directory.resolve("events.jsonl"), events);
  }

  private static String event(int step, String data) {
    return String.format(
        Locale.ROOT,
        "{\"ts\": %1$d, \"type\": \"metrics\", \"data\": {%2$s, \"global_step\": %3$d, \"time\": %1$d}}\n",
        1_760_000_000 + step,
        data,
        step);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
