package org.runmetrics.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's modules climb as packages do, are small, and keep to the types that they name. */
class PageModulesTest {
  private static final Path PAGE = Path.of("src/main/webapp/page");

  /** What each room may import of; its own modules always. */
  private static final Map<String, List<String>> BELOW =
      Map.of(
          "", List.of("api", "state", "table", "workspace", "run"),
          "api", List.of(""),
          "state", List.of("", "api"),
          "chart", List.of("", "api", "state"),
          "table", List.of("", "api", "state"),
          "log", List.of("", "api", "state"),
          "images", List.of("", "api", "state"),
          "workspace", List.of("", "api", "state", "chart", "table"),
          "run", List.of("", "api", "state", "chart", "log", "images", "workspace", "table"));

  /** The modules of the page's own folder that every room may use; each may use those before it. */
  private static final List<String> GROUND = List.of("dom.js", "numbers.js", "clipboard.js");

  /** An import, or one that waits until it is needed; not the names of types in comments. */
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)^(?!\\s*(?:/\\*)?\\*).*?(?:from|import|await import\\()\\s*\"(\\.[^\"]+)\"");

  private static final int MOST_LINES = 320;

  @Test
  void modules_import_only_from_the_rooms_below_them() throws IOException {
    for (Path module : modules()) {
      String room = room(module);
      for (Path imported : imports(module)) {
        String other = room(imported);
        boolean isBelow =
            other.equals(room) || Objects.requireNonNull(BELOW.get(room)).contains(other);
        assertThat(isBelow).as("%s imports %s", module, imported).isTrue();
        if (other.isEmpty()) {
          assertThat(GROUND)
              .as("%s imports %s", module, imported)
              .contains(imported.getFileName().toString());
        }
      }
    }
  }

  @Test
  void the_ground_uses_nothing_but_itself_in_one_direction() throws IOException {
    for (int i = 0; i < GROUND.size(); i++) {
      String name = GROUND.get(i);
      assertThat(imports(PAGE.resolve(name)))
          .as(name)
          .isSubsetOf(GROUND.subList(0, i).stream().map(PAGE::resolve).toList());
    }
  }

  @Test
  void modules_are_small() throws IOException {
    for (Path module : modules()) {
      assertThat(Files.readAllLines(module)).as("%s", module).hasSizeLessThan(MOST_LINES);
    }
  }

  @Test
  void what_the_document_names_is_there() throws IOException {
    String document = Files.readString(PAGE.resolve("index.html"));
    for (MatchResult link :
        Pattern.compile("href=\"page/\\{version}/([^\"]+)\"")
            .matcher(document)
            .results()
            .toList()) {
      assertThat(PAGE.resolve(link.group(1))).isRegularFile();
    }
  }

  @Test
  void values_are_of_the_types_that_comments_name(@TempDir Path folder) throws Exception {
    assumeTrue(isThere("node"), "Types are not checked: there is no Node.js on this machine");
    Path compiler = unpackTypeScript(folder);
    Files.writeString(folder.resolve("globals.d.ts"), "declare const uPlot: any;\n");
    Files.writeString(
        folder.resolve("tsconfig.json"),
        """
        {
          "compilerOptions": {
            "allowJs": true, "checkJs": true, "noEmit": true, "strict": true,
            "noUnusedLocals": true, "noUnusedParameters": true, "noImplicitReturns": true,
            "target": "esnext", "module": "esnext", "moduleResolution": "bundler",
            "lib": ["esnext", "dom", "dom.iterable"], "types": []
          },
          "include": ["%s/**/*.js", "globals.d.ts"]
        }
        """
            .formatted(PAGE.toAbsolutePath()));
    Process check =
        new ProcessBuilder("node", compiler.toString(), "-p", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> files = Files.walk(PAGE)) {
      return files.filter(file -> file.toString().endsWith(".js")).sorted().toList();
    }
  }

  private static String room(Path module) {
    Path inside = PAGE.relativize(module);
    return inside.getNameCount() == 1 ? "" : inside.getName(0).toString();
  }

  private static List<Path> imports(Path module) throws IOException {
    return IMPORT
        .matcher(Files.readString(module))
        .results()
        .map(found -> module.resolveSibling(found.group(1)).normalize())
        .toList();
  }

  private static boolean isThere(String command) throws InterruptedException {
    try {
      Process asked = new ProcessBuilder(command, "--version").redirectErrorStream(true).start();
      try (InputStream said = asked.getInputStream()) {
        said.readAllBytes();
      }
      return asked.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Returns TypeScript's compiler, out of its archive. */
  private static Path unpackTypeScript(Path folder) throws IOException, URISyntaxException {
    String webjars = "META-INF/resources/webjars/typescript";
    URL inside =
        Objects.requireNonNull(PageModulesTest.class.getClassLoader().getResource(webjars));
    try (FileSystem archive = FileSystems.newFileSystem(inside.toURI(), Map.of());
        Stream<Path> files = Files.walk(archive.getPath(webjars), 3)) {
      for (Path file : files.filter(PageModulesTest::isOfCompiler).toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    return folder.resolve("tsc.js");
  }

  private static boolean isOfCompiler(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals("tsc.js")
        || name.equals("_tsc.js")
        || name.matches("lib\\..*\\.d\\.ts|lib\\.d\\.ts");
  }
}
