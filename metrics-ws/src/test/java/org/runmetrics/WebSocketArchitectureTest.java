package org.runmetrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WebSocketArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.runmetrics.ws");

  @Test
  void sockets_are_left_to_the_standard() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("jakarta\\.servlet\\.http\\.(HttpUpgradeHandler|WebConnection)")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.glassfish..", "io.undertow..")
        .check(CLASSES);
  }

  @Test
  void threads_are_those_of_what_is_pushed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.concurrent\\..*Executor.*")
        .check(CLASSES);
  }
}
