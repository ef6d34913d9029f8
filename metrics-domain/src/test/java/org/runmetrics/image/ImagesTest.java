package org.runmetrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.cache.SeriesCache;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.index.RunCatalog;
import org.runmetrics.run.index.StorageRoot;
import org.runmetrics.series.ImageLines;
import org.runmetrics.settings.CacheSize;

class ImagesTest {
  private static final ImageFilter ALL = new ImageFilter(Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);

  @TempDir Path root;
  private final SeriesCache cache = new SeriesCache(CacheSize.ofHeap(1 << 20), 2);
  private Path events;
  private RunDirectory run;

  @BeforeEach
  void aRun() throws IOException {
    Path directory = Files.createDirectories(root.resolve("runs/r1"));
    events = directory.resolve("events.jsonl");
    status("running");
    run = new RunCatalog(new StorageRoot(root)).find("r1").orElseThrow();
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void a_run_without_events_has_no_image() throws IOException {
    assertThat(images().count()).isZero();
    assertThat(read(images(), ALL)).isEmpty();
    append("");
    assertThat(read(images(), ALL)).isEmpty();
  }

  @Test
  void an_image_is_what_its_line_says() throws IOException {
    append(
        "{\"ts\": 1.5, \"type\": \"image\", \"data\": {\"key\": \"k\", \"path\": \"media/a.png\","
            + " \"step\": \"7\", \"caption\": \"图 <b>\"}}\n"
            + "{\"type\": \"image\", \"data\": {\"ts\": 1, \"step\": []}}\r\n");
    assertThat(read(images(), ALL))
        .containsExactly(
            new Image(
                Optional.of("k"),
                OptionalLong.of(7),
                OptionalDouble.of(1.5),
                Optional.of("图 <b>"),
                Optional.of("media/a.png")),
            new Image(
                Optional.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void images_among_millions_of_bytes_are_found_in_order_and_again_as_the_file_grows()
      throws IOException {
    List<String> keys = new ArrayList<>();
    StringBuilder lines = new StringBuilder("\uFEFF");
    for (int i = 0; i < 60_000; i++) {
      if (i % 1000 == 0) {
        lines.append(image("k" + i, i));
        keys.add("k" + i);
      }
      lines.append(
          "{\"ts\": 1, \"type\": \"metrics\", \"data\": {\"step\": %d, \"image\": \"type\","
              .formatted(i));
      lines.append(" \"text\": \"%s\"}}\n".formatted("x".repeat(100)));
    }
    append(lines.toString());
    assertThat(keys(images())).isEqualTo(keys);
    for (int i = 0; i < 20; i++) {
      String line = image("more" + i, i);
      append(line.substring(0, 30));
      assertThat(images().count()).isEqualTo(keys.size());
      append(line.substring(30));
      keys.add("more" + i);
      assertThat(images().count()).isEqualTo(keys.size());
    }
    assertThat(keys(images())).isEqualTo(keys);
    assertThat(cache.statistics().loads()).isOne();
  }

  @Test
  void the_last_line_of_a_run_that_is_over_needs_no_end() throws IOException {
    append(image("a", 1) + image("b", 2).strip());
    assertThat(keys(images())).containsExactly("a");
    status("finished");
    assertThat(keys(images())).containsExactly("a", "b");
    append("\n" + image("c", 3));
    assertThat(keys(images())).containsExactly("a", "b", "c");
  }

  @Test
  void what_is_no_event_and_what_is_too_long_is_no_image() throws IOException {
    append(
        "{\"type\": \"image\"}\n{\"type\": \"image\", \"data\": 5}\n\"image\"\nimage\n"
            + image("x".repeat(ImageLines.MAX_LINE_LENGTH), 1)
            + image("x".repeat(3000), 1)
            + "{\"type\": \"metrics\", \"data\": {\"image\": {\"type\": \"image\"}}}\n");
    assertThat(keys(images())).containsExactly("x".repeat(3000));
  }

  @Test
  void a_filter_lets_keys_and_steps_through() throws IOException {
    append(
        image("a", 1)
            + image("b", 2)
            + image("a", 3)
            + "{\"type\": \"image\", \"data\": {\"key\": \"a\"}}\n");
    Images images = images();
    assertThat(read(images, new ImageFilter(Set.of("a", "c"), 2, 3)))
        .extracting(image -> image.step().orElseThrow())
        .containsExactly(3L);
    assertThat(read(images, new ImageFilter(Set.of(), 1, 2))).hasSize(2);
    assertThat(read(images, new ImageFilter(Set.of("a"), Long.MIN_VALUE, Long.MAX_VALUE)))
        .hasSize(3);
    assertThat(read(images, new ImageFilter(Set.of("A"), Long.MIN_VALUE, Long.MAX_VALUE)))
        .isEmpty();
  }

  @Test
  void images_without_a_filter_are_passed_over_unread() throws IOException {
    append(image("a", 1) + image("b", 2) + image("c", 3));
    try (ImageReader reader = images().open(ALL)) {
      assertThat(reader.skip(2)).isEqualTo(2);
      assertThat(reader.next().orElseThrow().key()).contains("c");
      assertThat(reader.skip(2)).isZero();
      assertThat(reader.next()).isEmpty();
    }
    try (ImageReader reader = images().open(new ImageFilter(Set.of("c"), 1, 3))) {
      assertThat(reader.skip(2)).isZero();
    }
  }

  @Test
  void images_of_a_file_that_was_replaced_are_not_mixed_with_those_of_the_other()
      throws IOException {
    append(image("a", 1) + image("b", 2));
    Images before = images();
    Files.delete(events);
    append(image("c", 1) + image("d", 2) + image("e", 3));
    assertThatThrownBy(() -> before.open(ALL)).isInstanceOf(IOException.class);
    assertThat(keys(images())).containsExactly("c", "d", "e");
  }

  @Test
  void only_a_path_within_the_folder_of_media_names_a_file() {
    assertThat(file("media/a b/ü.png")).contains("a b/ü.png");
    for (String path :
        List.of(
            "a.png",
            "media",
            "media/",
            "media//a",
            "/media/a",
            "media/../events.jsonl",
            "media/./a",
            "media/a/",
            "Media/a",
            "media/a\0b",
            "media/\uD800")) {
      assertThat(file(path)).as(path).isEmpty();
    }
  }

  private static Optional<String> file(String path) {
    return new Image(
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.of(path))
        .file();
  }

  private Images images() throws IOException {
    return Images.of(run, cache.series(run));
  }

  private static List<Image> read(Images images, ImageFilter filter) throws IOException {
    List<Image> read = new ArrayList<>();
    try (ImageReader reader = images.open(filter)) {
      for (Optional<Image> image = reader.next(); image.isPresent(); image = reader.next()) {
        read.add(image.get());
      }
    }
    return read;
  }

  private static List<String> keys(Images images) throws IOException {
    List<Image> read = read(images, ALL);
    assertThat(read).hasSize(images.count());
    return read.stream().map(image -> image.key().orElseThrow()).toList();
  }

  private static String image(String key, int step) {
    return ("{\"ts\": 1767229241.00025, \"type\": \"image\", \"data\": {\"key\": \"%s\","
            + " \"path\": \"media/1_abc_%d.png\", \"step\": %d, \"caption\": \"\"}}\n")
        .formatted(key, step, step);
  }

  private void status(String status) throws IOException {
    Files.writeString(events.resolveSibling("status.json"), "{\"status\": \"" + status + "\"}");
  }

  private void append(String text) throws IOException {
    Files.writeString(events, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
