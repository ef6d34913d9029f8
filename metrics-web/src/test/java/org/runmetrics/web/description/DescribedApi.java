package org.runmetrics.web.description;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.runmetrics.web.TestServer;

/** The API as it is described, for tests that hold it to the API as it is. */
final class DescribedApi {
  private static final String NAME = "https://runmetrics.example/openapi.json";

  /** Only a socket answers it in the way that is described. */
  static final String SOCKET = "/api/runs/{run_id}/logs/ws";

  private final Place root;
  private final SchemaRegistry schemas;

  private DescribedApi(String json) {
    this.root = Place.of(TestServer.parse(json).asJsonObject());
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(Map.of(NAME, json)));
  }

  static DescribedApi read() {
    byte[] json = DescriptionText.json(Description.read());
    return new DescribedApi(new String(json, StandardCharsets.UTF_8));
  }

  Place root() {
    return root;
  }

  /** Returns all operations that are a GET. */
  Stream<DescribedOperation> operations() {
    Place paths = root.field("paths");
    return paths.names().stream()
        .filter(path -> paths.field(path).names().contains("get"))
        .map(path -> new DescribedOperation(path, paths.field(path).field("get")));
  }

  /**
   * Returns the operations that anybody can ask over HTTP; the end of a login has its own tests.
   */
  Stream<DescribedOperation> requests() {
    return operations()
        .filter(operation -> !operation.path().equals(SOCKET))
        .filter(operation -> operation.statuses().contains("200"));
  }

  /** Returns what of a JSON text is not as a schema says. */
  List<String> faults(Place schema, String json) {
    return schemas
        .getSchema(SchemaLocation.of(NAME + "#" + schema.pointer()))
        .validate(json, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }
}
