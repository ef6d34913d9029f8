package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.ForkedJvm;
import org.runmetrics.exhaustion.Exhaustion;

class ExhaustedIndexTest {
  @TempDir Path root;

  @Test
  void where_no_descriptor_is_left_no_run_is_taken_for_missing_or_unknown() throws Exception {
    Path run = new StorageFolder(root).run("runs/group/a");
    Files.writeString(run.resolve("status.json"), "{\"status\": \"running\"}");
    assertThat(ForkedJvm.runWithFewDescriptors(256, Asking.class, root.toString()))
        .containsExactly("[running]", "Too many open files", "[finished, unknown]");
  }

  /** Asks for the runs before, while and after all descriptors are taken. */
  static final class Asking {
    private static final Duration LONG = Duration.ofHours(1);

    public static void main(String[] arguments) throws IOException {
      Path root = Path.of(arguments[0]);
      // What is needed later on is loaded while files can be opened.
      Exhaustion.rethrow(new IOException("Something else"));
      Path status = root.resolve("runs/group/a/status.json");
      // Without a watch, which takes descriptors of its own, all is looked at each time.
      Pace pace = new Pace(LONG, Duration.ZERO, LONG, LONG, LONG, LONG);
      try (RunIndex index = new RunIndex(new StorageRoot(root), pace, Set.of())) {
        List<String> unusedFirst = statuses(index);
        Files.writeString(status, Files.readString(status));
        Files.createDirectory(root.resolve("runs/new"));
        System.out.println(statuses(index));
        Files.writeString(status, "{\"status\": \"finished\"}");
        new StorageFolder(root).run("runs/new/b");
        List<SeekableByteChannel> taken = takeAll(root.resolve("runs/group/a/meta.json"));
        try {
          System.out.println(statuses(index));
        } catch (UncheckedIOException refused) {
          System.out.println("Too many open files");
        }
        for (SeekableByteChannel channel : taken) {
          channel.close();
        }
        System.out.println(statuses(index));
      }
    }

    private static List<String> statuses(RunIndex index) {
      return index.runs(System.nanoTime()).stream().map(run -> run.status().status()).toList();
    }

    private static List<SeekableByteChannel> takeAll(Path file) {
      List<SeekableByteChannel> taken = new ArrayList<>();
      try {
        while (true) {
          taken.add(Files.newByteChannel(file));
        }
      } catch (IOException none) {
        return taken;
      }
    }
  }
}
