package chat.parley.apidocs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.ContractCheck;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The collection in the tree is what the contract makes. {@code -Dpostman.write=true} writes it.
 */
class PostmanTest {
  static final Path FILE = Path.of("docs/api/parley.postman_collection.json");

  private final Vertx vertx = Vertx.vertx();
  private final ContractCheck contract = ContractCheck.load(vertx);
  private final PostmanCollection collection = new PostmanCollection(contract.source());

  static JsonObject read() throws IOException {
    return new JsonObject(Files.readString(FILE));
  }

  @Test
  void fileIsWhatTheContractMakes() throws IOException {
    if (Boolean.getBoolean("postman.write")) {
      Files.writeString(FILE, collection.text());
    }
    assertEquals(
        collection.text(),
        Files.readString(FILE),
        "openapi.yaml has changed: run this test with -Dpostman.write=true");
  }

  @Test
  void everyOperationIsARequestOnce() throws IOException {
    TreeMap<String, Integer> found = new TreeMap<>();
    read().getJsonArray("item").stream()
        .skip(1)
        .flatMap(folder -> ((JsonObject) folder).getJsonArray("item").stream())
        .map(item -> ((JsonObject) item).getString("name").split(":")[0])
        .forEach(id -> found.merge(id, 1, Integer::sum));
    TreeMap<String, Integer> wanted = new TreeMap<>();
    contract.operations().forEach(operation -> wanted.put(operation.getOperationId(), 1));
    assertEquals(wanted, found);
  }

  /** Where a generated body does not fit, its schema needs an {@code example}. */
  @Test
  void everyBodyIsAsTheContractAsks() {
    List<String> wrong = new ArrayList<>();
    for (Object folder : new JsonObject(collection.text()).getJsonArray("item")) {
      for (Object item : ((JsonObject) folder).getJsonArray("item")) {
        check((JsonObject) item, wrong);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(contract.operations().size() > 100);
  }

  private void check(JsonObject item, List<String> wrong) {
    String raw =
        item.getJsonObject("request").getJsonObject("body", new JsonObject()).getString("raw");
    String id = item.getString("name").split(":")[0];
    Operation operation =
        contract.operations().stream()
            .filter(each -> each.getOperationId().equals(id))
            .findFirst()
            .orElseThrow();
    if (raw != null) {
      Object body = new JsonObject(PostmanRunner.filled(raw, name -> "12345678"));
      OutputUnit judged =
          contract
              .validator(
                  operation.getRequestBody().getContent().get("application/json").getSchema())
              .validate(body);
      if (!judged.getValid()) {
        wrong.add(
            id
                + ": "
                + body
                + " "
                + new JsonArray(judged.getErrors().stream().map(OutputUnit::getError).toList()));
      }
    }
  }
}
