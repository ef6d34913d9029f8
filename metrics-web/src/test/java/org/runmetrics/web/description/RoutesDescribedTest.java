package org.runmetrics.web.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.runmetrics.web.MetricsApplication;

class RoutesDescribedTest {
  /** A name in braces that stands for a few words, such as {@code {form: json|yaml}}. */
  private static final Pattern WORDS = Pattern.compile("\\{\\w+: *([a-z]+(?:\\|[a-z]+)+)}");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.runmetrics.web", "org.runmetrics.ws");

  private final DescribedApi api = DescribedApi.read();

  @Test
  void the_routes_are_those_that_are_described() {
    Set<String> routes = routes("GET");
    routes.addAll(routes("POST"));
    CLASSES.stream()
        .flatMap(type -> type.tryGetAnnotationOfType(ServerEndpoint.class).stream())
        .map(ServerEndpoint::value)
        .forEach(routes::add);

    assertThat(routes).contains(DescribedApi.SOCKET);
    assertThat(api.root().field("paths").names()).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void what_is_not_get_is_described_where_it_is_more_than_head() {
    Set<String> others =
        methods().map(RoutesDescribedTest::verb).collect(Collectors.toCollection(TreeSet::new));

    assertThat(others).containsExactly("DELETE", "GET", "HEAD", "POST");
    assertThat(routes("GET")).containsAll(routes("HEAD"));
    for (String verb : List.of("GET", "POST", "DELETE")) {
      assertThat(described(verb)).containsExactlyInAnyOrderElementsOf(routes(verb));
    }
  }

  /** Returns the paths that are described with a verb, but for the socket's. */
  private Set<String> described(String verb) {
    Place paths = api.root().field("paths");
    return paths.names().stream()
        .filter(path -> !path.equals(DescribedApi.SOCKET))
        .filter(path -> paths.field(path).names().contains(verb.toLowerCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private static Set<String> routes(String verb) {
    return methods()
        .filter(method -> verb(method).equals(verb))
        .flatMap(RoutesDescribedTest::paths)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JavaMethod> methods() {
    return CLASSES.stream()
        .filter(type -> type.isAnnotatedWith(Path.class))
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class));
  }

  private static String verb(JavaMethod method) {
    return method.getAnnotations().stream()
        .flatMap(
            annotation -> annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class).stream())
        .map(HttpMethod::value)
        .collect(Collectors.joining());
  }

  private static Stream<String> paths(JavaMethod method) {
    JavaClass type = method.getOwner();
    String path =
        CLASSES.get(MetricsApplication.class).getAnnotationOfType(ApplicationPath.class).value()
            + "/"
            + type.getAnnotationOfType(Path.class).value()
            + method.tryGetAnnotationOfType(Path.class).map(rest -> "/" + rest.value()).orElse("");
    Matcher words = WORDS.matcher(path);
    Stream<String> paths =
        words.find()
            ? Stream.of(words.group(1).split("\\|", -1)).map(words::replaceFirst)
            : Stream.of(path);
    return paths.map(each -> each.replaceAll("\\{(\\w+):[^}]*}", "{$1}"));
  }
}
