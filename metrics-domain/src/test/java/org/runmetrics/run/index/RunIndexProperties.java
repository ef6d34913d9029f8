package org.runmetrics.run.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import org.runmetrics.run.RunInfo;

/** Whatever happens to a storage root, an index tells what a walk through it would find. */
class RunIndexProperties {
  private static final Pace ALWAYS =
      new Pace(
          Duration.ofSeconds(20),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(20),
          Duration.ofMinutes(5));
  private static final Pace NEVER_VERIFIED =
      new Pace(
          Duration.ofSeconds(20),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ZERO,
          Duration.ofSeconds(20),
          Duration.ofMinutes(5));

  @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
  void what_is_watched_is_what_is_there(
      @ForAll @Size(max = 40) List<@From("changes") StorageChange> changes) throws IOException {
    check(changes, NEVER_VERIFIED, LocalFileSystems.LINUX, true);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void what_is_verified_is_what_is_there(
      @ForAll @Size(max = 40) List<@From("changes") StorageChange> changes) throws IOException {
    check(changes, ALWAYS, Set.of(), false);
  }

  @Provide
  Arbitrary<StorageChange> changes() {
    Arbitrary<String> places = Arbitraries.of(StorageChange.PLACES);
    return Combinators.combine(
            Arbitraries.of(StorageChange.Kind.class),
            places,
            places,
            Arbitraries.of(StorageChange.FILES),
            Arbitraries.integers().between(100_000_000, 900_000_000))
        .as(StorageChange::new);
  }

  private static void check(
      List<StorageChange> changes, Pace pace, Set<String> types, boolean watching)
      throws IOException {
    Path temporary = Files.createTempDirectory("run-index-");
    Path root = Files.createDirectory(temporary.resolve("storage"));
    StorageRoot storage = new StorageRoot(root);
    try (RunIndex index = new RunIndex(storage, pace, types)) {
      assertThat(index.runs(System.nanoTime())).isEmpty();
      for (StorageChange change : changes) {
        change.apply(root);
        assertThat(index.runs(System.nanoTime()))
            .as("after %s", change)
            .isEqualTo(storage.scan().stream().map(RunInfo::of).toList());
        assertThat(index.directories(System.nanoTime()).values())
            .containsExactlyInAnyOrderElementsOf(storage.scan());
      }
      assertThat(index.isWatching()).isEqualTo(watching);
    } finally {
      try (Stream<Path> files = Files.walk(temporary)) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
