package org.runmetrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WebSocketArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.runmetrics.frame", "org.runmetrics.ws");

  @Test
  void frames_are_bytes_and_know_neither_logs_nor_servers() {
    classes()
        .that()
        .resideInAPackage("org.runmetrics.frame")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.runmetrics.frame")
        .check(CLASSES);
  }

  @Test
  void sockets_are_served_without_the_web_socket_api() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.websocket..")
        .check(CLASSES);
  }
}
