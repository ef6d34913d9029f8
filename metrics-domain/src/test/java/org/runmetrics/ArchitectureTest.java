package org.runmetrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** What each package may know of ours. */
  private static final Map<String, Set<String>> LAYERS =
      Map.ofEntries(
          Map.entry("json", Set.of()),
          Map.entry("line", Set.of()),
          Map.entry("file", Set.of()),
          Map.entry("access", Set.of()),
          Map.entry("exhaustion", Set.of()),
          Map.entry("settings", Set.of("access", "parameter")),
          Map.entry("watch", Set.of()),
          Map.entry("push", Set.of()),
          Map.entry("parameter", Set.of()),
          Map.entry("demo", Set.of()),
          Map.entry("event", Set.of("json")),
          Map.entry("run", Set.of("exhaustion", "file", "json")),
          Map.entry("run.index", Set.of("exhaustion", "file", "run", "watch", "access")),
          Map.entry("run.query", Set.of("run", "json")),
          Map.entry("series.column", Set.of("json")),
          Map.entry("series", Set.of("series.column", "event", "json")),
          Map.entry("view", Set.of("series", "series.column", "json")),
          Map.entry("curve", Set.of("view", "series", "series.column", "json")),
          Map.entry("scan", Set.of("file", "line", "event", "series")),
          Map.entry("cache", Set.of("file", "run", "scan", "series", "settings")),
          Map.entry("image", Set.of("event", "file", "line", "run", "scan", "series")),
          Map.entry("log", Set.of("exhaustion", "file", "line", "push", "run", "watch")),
          Map.entry("log.row", Set.of("file", "log", "line", "run")),
          Map.entry(
              "live", Set.of("cache", "view", "run", "run.index", "series", "watch", "push")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.runmetrics");

  @Test
  void every_package_has_its_place() {
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(type -> found.add(type.getPackageName()));
    assertThat(found)
        .isEqualTo(
            new TreeSet<>(LAYERS.keySet().stream().map(name -> "org.runmetrics." + name).toList()));
  }

  @Test
  void a_package_knows_only_those_below_it() {
    LAYERS.forEach(
        (name, below) -> {
          String[] others =
              LAYERS.keySet().stream()
                  .filter(other -> !other.equals(name) && !below.contains(other))
                  .map(ArchitectureTest::room)
                  .toArray(String[]::new);
          check(
              noClasses()
                  .that()
                  .resideInAPackage(room(name))
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(others));
        });
  }

  @Test
  void a_room_has_at_most_twenty_files() {
    Map<String, Set<String>> files = new TreeMap<>();
    CLASSES.stream()
        .filter(type -> type.getSource().isPresent())
        .forEach(
            type ->
                files
                    .computeIfAbsent(type.getPackageName(), room -> new TreeSet<>())
                    .add(type.getSource().get().getFileName().orElse("")));
    assertThat(files).allSatisfy((room, names) -> assertThat(names).hasSizeLessThanOrEqualTo(20));
  }

  @Test
  void packages_know_each_other_in_no_circle() {
    check(slices().matching("org.runmetrics.(**)").should().beFreeOfCycles());
  }

  @Test
  void the_domain_knows_nothing_of_the_web() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "jakarta.ws.rs..",
                "jakarta.websocket..",
                "jakarta.servlet..",
                "jakarta.enterprise..",
                "jakarta.inject.."));
  }

  @Test
  void only_json_knows_the_json_api() {
    check(onlyIn("json", "jakarta.json.."));
  }

  @Test
  void only_the_cache_knows_ehcache() {
    check(onlyIn("cache", "org.ehcache.."));
  }

  @Test
  void the_domain_knows_no_implementation_of_a_standard() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse..", "org.glassfish.."));
  }

  @Test
  void files_are_reached_by_path_alone() {
    check(noClasses().should().dependOnClassesThat().areAssignableTo(File.class));
    check(noClasses().should().callMethod(Path.class, "toFile"));
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File.*Stream|File(Reader|Writer)|RandomAccessFile)"));
  }

  @Test
  void packages_are_named_for_what_lives_there() {
    check(
        noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..service.."));
  }

  private static ArchRule onlyIn(String name, String api) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room(name))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(api);
  }

  /** A room in another, as {@code run.index}, is a room of its own. */
  private static String room(String name) {
    return "org.runmetrics." + name;
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
