package org.runmetrics.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.runmetrics.run.index.RunCatalog;

class WebArchitectureTest {
  private static final String WEB = "org.runmetrics.web";

  /** A stranger should find a line at the first try. */
  private static final int MOST_FILES = 20;

  private static final Set<String> ANSWERING =
      Set.of(WEB + ".text", WEB + ".answer", WEB + ".http", WEB + ".delivery", WEB + ".query");

  /** What each room may know of the others. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          entry(WEB + ".text", Set.of()),
          entry(WEB + ".answer", Set.of(WEB + ".text")),
          entry(WEB + ".http", Set.of(WEB + ".answer")),
          entry(WEB + ".delivery", Set.of(WEB + ".answer", WEB + ".http")),
          entry(WEB + ".query", Set.of(WEB + ".answer", WEB + ".http")),
          entry(WEB + ".stream", ANSWERING),
          entry(WEB + ".page", Set.of(WEB + ".http")),
          entry(WEB + ".log", ANSWERING),
          entry(WEB + ".image", ANSWERING),
          entry(WEB + ".summary", ANSWERING),
          entry(WEB + ".operation", Set.of(WEB + ".query", WEB + ".http", WEB + ".answer")),
          entry(WEB + ".login", Set.of(WEB + ".query", WEB + ".http")),
          entry(WEB + ".provider", Set.of(WEB + ".login", WEB + ".query", WEB + ".http")),
          entry(WEB + ".microprofile", Set.of(WEB + ".operation")),
          entry(WEB + ".description", Set.of(WEB + ".query", WEB + ".http", WEB + ".delivery")),
          entry(
              WEB + ".api",
              Set.of(WEB + ".answer", WEB + ".http", WEB + ".delivery", WEB + ".query")),
          entry(WEB, Set.of(WEB + ".http", WEB + ".delivery", WEB + ".stream", WEB + ".provider")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(WEB);

  @Test
  void every_room_has_its_place() {
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(type -> found.add(type.getPackageName()));
    assertThat(found).isEqualTo(new TreeSet<>(ROOMS.keySet()));
  }

  /** What tells of runs, that is; how many there are is for operators. */
  @Test
  void runs_are_got_at_by_who_asks_for_them_alone() {
    noClasses()
        .that()
        .resideInAnyPackage(WEB + "..")
        .and()
        .doNotHaveSimpleName("Viewers")
        .and()
        .doNotHaveSimpleName("Wiring")
        .and()
        .resideOutsideOfPackage(WEB + ".operation")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(RunCatalog.class)
        .check(CLASSES);
  }

  @Test
  void a_room_knows_only_those_below_it() {
    ROOMS.forEach(
        (name, below) -> {
          String[] others =
              ROOMS.keySet().stream()
                  .filter(other -> !other.equals(name) && !below.contains(other))
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(name)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .check(CLASSES);
        });
  }

  @Test
  void rooms_know_each_other_in_no_circle() {
    slices().matching("org.runmetrics.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void no_room_is_crowded() {
    Map<String, Set<String>> files = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      String file = type.getSource().flatMap(source -> source.getFileName()).orElse("");
      files.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(file);
    }
    assertThat(files)
        .allSatisfy((room, held) -> assertThat(held).hasSizeLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void only_the_provider_of_logins_knows_what_its_tokens_are() {
    noClasses()
        .that()
        .resideOutsideOfPackage(WEB + ".provider")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.nimbusds..")
        .check(CLASSES);
  }

  @Test
  void web_knows_nothing_of_sockets() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.runmetrics.ws..", "jakarta.websocket..")
        .check(CLASSES);
  }
}
