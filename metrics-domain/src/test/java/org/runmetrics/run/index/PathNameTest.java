package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.ForkedJvm;
import org.runmetrics.run.PathName;
import org.runmetrics.run.RunDirectory;
import org.runmetrics.run.RunInfo;

class PathNameTest {
  @TempDir Path root;

  /** Lists the runs of a root, and looks each up by its id. */
  static final class ListRuns {
    private ListRuns() {}

    public static void main(String[] arguments) {
      try (RunCatalog catalog = new RunCatalog(new StorageRoot(Path.of(arguments[0])))) {
        for (RunInfo run : catalog.runs()) {
          RunDirectory found = catalog.find(run.id().value()).orElseThrow();
          System.out.println(ascii(found.relative()) + " | " + ascii(run.group()));
        }
      }
    }
  }

  @Test
  void a_name_is_the_last_segment() {
    assertThat(PathName.of(root.resolve("runs/a b%20c"))).isEqualTo("a b%20c");
    assertThat(PathName.of(Path.of("a"))).isEqualTo("a");
  }

  @Test
  void a_name_with_a_replacement_character_is_read_from_the_bytes() {
    Path path = new StorageFolder(root).resolve("a b/\uFFFDä %20+");
    assertThat(PathName.of(path)).isEqualTo("\uFFFDä %20+");
  }

  @Test
  void names_beyond_ascii_are_whole_in_the_c_locale() throws IOException, InterruptedException {
    StorageFolder storage = new StorageFolder(root);
    storage.run("runs/größe/小型 démo ✓ %41");
    storage.run("projekt ä/n 🎉/runs/größe");
    List<String> printed =
        ForkedJvm.run(Map.of("LC_ALL", "C"), List.of(), ListRuns.class, root.toString());
    assertThat(printed)
        .containsExactly(
            ascii("runs/größe/小型 démo ✓ %41 | größe"),
            ascii("projekt ä/n 🎉/runs/größe | projekt ä/n 🎉"));
  }

  private static String ascii(String text) {
    return text.chars()
        .mapToObj(c -> c < 127 ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }
}
