package org.runmetrics.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.ForkedJvm;

class CacheDirectoryTest {
  private static final String MARKER = "runmetrics-cache.marker";

  @TempDir Path root;
  private Path wanted;

  @BeforeEach
  void name() {
    wanted = root.resolve("some").resolve("cache");
  }

  @Test
  void a_folder_is_made_for_its_owner_alone() throws IOException {
    claimAndSeal("content");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wanted)))
        .isEqualTo("rwx------");
    assertThat(storedAtNextClaim()).isEqualTo("content");
  }

  @Test
  void a_folder_open_to_others_is_closed_to_them() throws IOException {
    Files.createDirectories(wanted);
    Files.setPosixFilePermissions(wanted, PosixFilePermissions.fromString("rwxrwxrwx"));
    claimAndSeal("content");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wanted)))
        .isEqualTo("rwx------");
  }

  @Test
  void what_was_not_sealed_is_thrown_away() throws IOException {
    claimAndSeal("content");
    try (CacheDirectory directory = CacheDirectory.claim(wanted)) {
      assertThat(stored(directory)).isEqualTo("content");
    }

    assertThat(storedAtNextClaim()).isEmpty();
  }

  @Test
  void another_format_is_thrown_away() throws IOException {
    claimAndSeal("content");
    String mark = Files.readString(wanted.resolve(MARKER));
    Files.writeString(wanted.resolve(MARKER), mark.replace("format ", "format 9"));

    assertThat(storedAtNextClaim()).isEmpty();
    claimAndSeal("new");
    assertThat(storedAtNextClaim()).isEqualTo("new");
  }

  @Test
  void a_damaged_marker_costs_what_is_stored() throws IOException {
    for (String damaged : List.of("", "Runmetrics cach", "x".repeat(100_000))) {
      claimAndSeal("content");
      Files.writeString(wanted.resolve(MARKER), damaged);

      assertThat(storedAtNextClaim()).isEmpty();
    }
  }

  @Test
  void a_folder_of_strangers_is_neither_used_nor_changed() throws IOException {
    for (String name : List.of("thesis.tex", "runmetrics-cache.store2", ".hidden")) {
      Path folder = Files.createDirectories(root.resolve("strange-" + name));
      Files.writeString(folder.resolve(name), "precious");
      Path store = Files.createDirectories(folder.resolve("runmetrics-cache.store"));
      Files.writeString(store.resolve("file"), "precious too");
      try (CacheDirectory directory = CacheDirectory.claim(folder)) {
        assertThat(directory.isTemporary()).isTrue();
        assertThat(directory.store().startsWith(folder)).isFalse();
      }

      assertThat(names(folder)).containsExactlyInAnyOrder(name, "runmetrics-cache.store");
      assertThat(folder.resolve(name)).hasContent("precious");
      assertThat(store.resolve("file")).hasContent("precious too");
    }
  }

  @Test
  void files_that_came_to_ours_are_left_alone() throws IOException {
    claimAndSeal("content");
    Files.writeString(wanted.resolve("note.txt"), "precious");
    assertThat(storedAtNextClaim()).isEqualTo("content");
    assertThat(storedAtNextClaim()).isEmpty();
    assertThat(wanted.resolve("note.txt")).hasContent("precious");
  }

  @Test
  void links_are_deleted_and_not_followed() throws IOException {
    claimAndSeal("content");
    Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("file"), "precious");
    Path store = wanted.resolve("runmetrics-cache.store");
    CacheOnDisk.delete(store);
    Files.createSymbolicLink(store, elsewhere);
    try (CacheDirectory directory = CacheDirectory.claim(wanted)) {
      assertThat(directory.isTemporary()).isFalse();
      assertThat(Files.exists(directory.store())).isFalse();
    }

    assertThat(elsewhere.resolve("file")).hasContent("precious");
  }

  @Test
  void a_folder_that_cannot_be_had_is_replaced_by_a_temporary_one() throws IOException {
    Files.createDirectories(wanted.getParent());
    Files.writeString(wanted, "a file");
    Path temporary;
    try (CacheDirectory directory = CacheDirectory.claim(wanted)) {
      assertThat(directory.isTemporary()).isTrue();
      temporary = directory.store().getParent();
      store(directory, "content");
      assertThat(temporary).isDirectory();
    }

    assertThat(temporary).doesNotExist();
    assertThat(wanted).hasContent("a file");
  }

  @Test
  void two_in_one_process_never_share_a_folder() throws IOException {
    try (CacheDirectory first = CacheDirectory.claim(wanted)) {
      store(first, "first");
      try (CacheDirectory second = CacheDirectory.claim(wanted.resolve("..").resolve("cache"))) {
        assertThat(second.isTemporary()).isTrue();
        store(second, "second");
      }
      assertThat(stored(first)).isEqualTo("first");
      first.seal();
    }

    assertThat(storedAtNextClaim()).isEqualTo("first");
  }

  /** Claims a folder in a process of its own. */
  static final class Claim {
    private Claim() {}

    public static void main(String[] arguments) {
      try (CacheDirectory directory = CacheDirectory.claim(Path.of(arguments[0]))) {
        System.out.println("temporary: " + directory.isTemporary());
      }
    }
  }

  @Test
  void two_processes_never_share_a_folder() throws Exception {
    try (CacheDirectory first = CacheDirectory.claim(wanted)) {
      assertThat(first.isTemporary()).isFalse();
      assertThat(claimInAnotherProcess()).contains("temporary: true");
      CacheDirectory.claim(wanted).close();
      assertThat(claimInAnotherProcess()).contains("temporary: true");
    }

    assertThat(claimInAnotherProcess()).contains("temporary: false");
  }

  @Test
  void a_lock_that_other_code_of_the_process_holds_counts() throws IOException {
    claimAndSeal("content");
    try (FileChannel channel =
        FileChannel.open(wanted.resolve("runmetrics-cache.lock"), StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();
      try (CacheDirectory directory = CacheDirectory.claim(wanted)) {
        assertThat(directory.isTemporary()).isTrue();
      }
    }

    assertThat(storedAtNextClaim()).isEqualTo("content");
  }

  @Test
  void two_caches_at_once_on_one_folder_both_answer() throws IOException {
    EventsOnDisk events = EventsOnDisk.create(root.resolve("storage"), "r1");
    events.log(1, 500);
    try (SeriesCache first = CacheOnDisk.open(wanted);
        SeriesCache second = CacheOnDisk.open(wanted)) {
      assertThat(CacheOnDisk.rows(first, events)).hasSize(500);
      assertThat(CacheOnDisk.rows(second, events)).hasSize(500);
      assertThat(second.statistics().loads()).isEqualTo(1);
      assertThat(second.statistics().disk().entries()).isEqualTo(2);
    }
    try (SeriesCache next = CacheOnDisk.open(wanted)) {
      assertThat(CacheOnDisk.rows(next, events)).hasSize(500);
      assertThat(next.statistics().loads()).isZero();
    }
  }

  private List<String> claimInAnotherProcess() throws Exception {
    return ForkedJvm.run(Map.of(), List.of(), Claim.class, wanted.toString());
  }

  private void claimAndSeal(String content) throws IOException {
    try (CacheDirectory directory = CacheDirectory.claim(wanted)) {
      assertThat(directory.isTemporary()).isFalse();
      store(directory, content);
      directory.seal();
    }
  }

  private String storedAtNextClaim() throws IOException {
    try (CacheDirectory directory = CacheDirectory.claim(wanted)) {
      assertThat(directory.isTemporary()).isFalse();
      return stored(directory);
    }
  }

  private static void store(CacheDirectory directory, String content) throws IOException {
    Files.createDirectories(directory.store());
    Files.writeString(directory.store().resolve("content"), content);
  }

  private static String stored(CacheDirectory directory) throws IOException {
    Path file = directory.store().resolve("content");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
