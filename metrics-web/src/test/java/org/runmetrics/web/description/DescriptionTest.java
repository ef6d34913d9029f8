package org.runmetrics.web.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runmetrics.web.TestServer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description itself: that it is OpenAPI, says what it must, and is served. */
class DescriptionTest {
  private static final String METASCHEMA = "https://json-schema.org/draft/2020-12/schema";

  @TempDir Path root;

  private final DescribedApi api = DescribedApi.read();

  @Test
  void it_is_served_as_json_and_as_yaml_which_say_the_same() throws IOException {
    try (TestServer server = TestServer.of(root)) {
      HttpResponse<String> json = server.get("/api/openapi.json");
      HttpResponse<String> yaml = server.get("/api/openapi.yaml");

      assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(yaml.headers().firstValue("Content-Type")).hasValue("application/yaml");
      assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml.body()))
          .isEqualTo(Description.read().root());
      assertThat(TestServer.parse(json.body())).isEqualTo(api.root().value());
      String tag = json.headers().firstValue("ETag").orElseThrow();
      assertThat(server.get("/api/openapi.json", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }
  }

  @Test
  void it_names_the_version_of_the_build() {
    assertThat(api.root().field("info").text("version")).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
  }

  @Test
  void it_is_openapi() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    String json = new String(DescriptionText.json(Description.read()), StandardCharsets.UTF_8);

    assertThat(new OpenAPIV3Parser().readContents(json, List.of(), options).getMessages())
        .isEmpty();
  }

  @Test
  void what_no_file_may_say_twice_is_an_error() {
    Map<String, Object> whole = Description.read().root();

    assertThatThrownBy(() -> Description.add(whole, Map.of("openapi", "3.0.0"), "other.yaml"))
        .hasMessage("other.yaml says again what openapi is");
  }

  @Test
  void each_operation_says_what_it_is() {
    List<String> ids = new ArrayList<>();
    assertThat(api.operations())
        .allSatisfy(
            operation -> {
              ids.add(operation.toString());
              assertThat(operation.place().text("summary")).isNotBlank();
              assertThat(operation.place().field("tags").items()).hasSize(1);
              assertThat(operation.parameters())
                  .allSatisfy(it -> assertThat(it.place().text("description")).isNotBlank());
            });
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(_[a-z]+)*"));
  }

  @Test
  void each_answer_with_content_has_an_example_that_is_as_its_schema_says() {
    each(
        place -> {
          if (place.pointer().endsWith("/content")) {
            for (String type : place.names()) {
              Place content = place.field(type);
              List<Place> examples = examples(content);
              boolean isBinary = content.field("schema").optional("format").isPresent();
              assertThat(examples.isEmpty()).as(content.pointer()).isEqualTo(isBinary);
              for (Place example : examples) {
                assertThat(api.faults(content.field("schema"), example.value().toString()))
                    .as(example.pointer())
                    .isEmpty();
              }
            }
          }
        });
  }

  @Test
  void each_schema_is_one() {
    SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    each(
        place -> {
          if (place.pointer().endsWith("/schema")
              || place.pointer().matches("/components/schemas/[^/]+")) {
            assertThat(
                    schemas
                        .getSchema(SchemaLocation.of(METASCHEMA))
                        .validate(place.value().toString(), InputFormat.JSON))
                .as(place.pointer())
                .isEmpty();
          }
        });
  }

  /** Otherwise an answer could have a property that nobody has described. */
  @Test
  void objects_are_closed() {
    List<String> open = new ArrayList<>();
    each(
        place -> {
          if (place.optional("properties").isPresent()
              && place.optional("type").filter(type -> type.text().equals("object")).isPresent()
              && place.optional("additionalProperties").isEmpty()) {
            open.add(place.pointer());
          }
        });

    assertThat(open).isEmpty();
  }

  private static List<Place> examples(Place content) {
    List<Place> examples = new ArrayList<>();
    content.optional("example").ifPresent(examples::add);
    content
        .optional("examples")
        .ifPresent(named -> named.inside().forEach(it -> examples.add(it.field("value"))));
    return examples;
  }

  /** Visits each place of the description once. */
  private void each(Consumer<Place> visitor) {
    visit(api.root(), visitor);
  }

  private static void visit(Place place, Consumer<Place> visitor) {
    visitor.accept(place);
    if (place.value() instanceof JsonObject || place.value() instanceof JsonArray) {
      for (Place inside : place.inside()) {
        // What is referred to is visited where it is.
        if (inside.pointer().startsWith(place.pointer() + "/")) {
          visit(inside, visitor);
        }
      }
    }
  }
}
