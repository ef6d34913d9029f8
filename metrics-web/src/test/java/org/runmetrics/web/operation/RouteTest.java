package org.runmetrics.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/runs/20250114_153045_a1b2c3, /runs/{run_id}",
    "/page/4aa1c97c0454fdbe/chart/chart.js, /page/{file}",
    "/api/runs, /api/runs",
    "/api/runs/, /api/runs",
    "/api/runs/stream, /api/runs/stream",
    "/api/runs/a%2Fb/metrics_step, /api/runs/{run_id}/metrics_step",
    "/api/runs/r1/media/media/cat.png, /api/runs/{run_id}/media/{file}",
    "/api/runs/r1/logs/ws, /api/runs/{run_id}/logs/ws",
    "/api/v2/experiments/r1/metrics/fast, /api/v2/experiments/{run_id}/metrics/fast",
    "/wp-admin.php, other",
    "/api/runs/a/b/c/d, other",
    "'', other",
  })
  void a_path_is_told_without_names_of_runs(String path, String template) {
    assertThat(Route.of(path).template()).isEqualTo(template);
  }

  @Test
  void every_resource_is_a_route() {
    Set<String> unknown = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.runmetrics.web")) {
      Optional<String> base = type.tryGetAnnotationOfType(Path.class).map(Path::value);
      base.ifPresent(
          path ->
              type.getMethods().stream()
                  .filter(method -> method.isAnnotatedWith(jakarta.ws.rs.GET.class))
                  .map(
                      method ->
                          "/api/"
                              + path
                              + method
                                  .tryGetAnnotationOfType(Path.class)
                                  .map(rest -> "/" + rest.value())
                                  .orElse(""))
                  .map(template -> template.replaceAll("\\{(\\w+)[^}]*}", "x"))
                  .filter(template -> Route.of(template).template().equals("other"))
                  .forEach(unknown::add));
    }
    assertThat(unknown).isEmpty();
  }
}
