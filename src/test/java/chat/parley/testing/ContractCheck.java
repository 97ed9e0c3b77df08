package chat.parley.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.yaml.snakeyaml.Yaml;

/**
 * Holds answers against {@code openapi.yaml}: status, media type and every property of the body.
 * Any test that speaks to the REST door passes its answers through {@link #check}.
 */
public final class ContractCheck {
  private static final String PROBLEM = "application/problem+json";

  /** What pictures and archives are to Vert.x's parser, which knows neither. */
  private static final String BYTES = "application/octet-stream";

  private final JsonObject source;
  private final OpenAPIContract contract;

  private ContractCheck(JsonObject source, OpenAPIContract contract) {
    this.source = source;
    this.contract = contract;
  }

  /** Reads the file of the working tree. */
  public static ContractCheck load(Vertx vertx) {
    try {
      String yaml = Files.readString(java.nio.file.Path.of("openapi.yaml"));
      JsonObject source = new JsonObject(new Yaml().<Map<String, Object>>load(yaml));
      JsonObject adapted =
          new JsonObject(
                  source
                      .encode()
                      .replace(PROBLEM, "application/json")
                      .replaceAll(
                          "\"(image/[a-z]+|application/zip|text/csv)\"", "\"" + BYTES + "\""))
              .put(
                  "servers",
                  new JsonArray().add(new JsonObject().put("url", "http://test.invalid/api/v1")));
      return new ContractCheck(
          source, OpenAPIContract.from(vertx, adapted).await(20, TimeUnit.SECONDS));
    } catch (IOException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The contract as it is written. */
  public JsonObject source() {
    return source;
  }

  /** Judges values by one of the contract's schemas. */
  public Validator validator(JsonSchema schema) {
    return contract.getSchemaRepository().validator(schema);
  }

  public List<Operation> operations() {
    return contract.operations();
  }

  /**
   * The answer to {@code method} on {@code path} (from {@code /api/v1} on, without query) must be
   * one the contract names.
   */
  public void check(String method, String path, int status, String contentType, byte[] body) {
    String what =
        method + " " + path + " → " + status + " " + new String(body, StandardCharsets.UTF_8);
    Response response = response(method, path, status);
    if (method.equals("HEAD")) {
      return;
    }
    if (status < 400 && response.getContent().containsKey(BYTES)) {
      // People's files are of any type.
      boolean any = path.startsWith("/api/v1/media/");
      Assertions.assertTrue(
          contentType != null && (any || source.encode().contains("\"" + contentType + "\":")),
          contentType);
      return;
    }
    String expected =
        status >= 400 ? PROBLEM : response.getContent().isEmpty() ? null : "application/json";
    Assertions.assertEquals(expected, contentType, what);
    if (expected == null) {
      Assertions.assertEquals(0, body.length, what);
    } else {
      OutputUnit result =
          contract
              .getSchemaRepository()
              .validator(response.getContent().values().iterator().next().getSchema())
              .validate(new JsonObject(Buffer.buffer(body)));
      Assertions.assertTrue(result.getValid(), () -> what + ": " + errors(result));
    }
  }

  /** A path that the contract does not know is answered like any operation's {@code default}. */
  private Response response(String method, String path, int status) {
    Optional<Operation> operation =
        contract.operations().stream()
            .filter(candidate -> candidate.getHttpMethod().name().equals(method))
            .filter(candidate -> path.matches(pattern(candidate)))
            // In ASCII a brace stands behind all letters: the literal path is the first.
            .min(Comparator.comparing(Operation::getOpenAPIPath));
    Response exact = operation.map(found -> found.getResponse(status)).orElse(null);
    if (exact == null) {
      Assertions.assertTrue(status >= 400, method + " " + path + " must not answer " + status);
      return operations().get(0).getDefaultResponse();
    }
    return exact;
  }

  private static String pattern(Operation operation) {
    return "/api/v1" + operation.getOpenAPIPath().replaceAll("\\{[^}]+\\}", "[^/]+");
  }

  private static String errors(OutputUnit result) {
    return result.getErrors().stream()
        .map(e -> e.getInstanceLocation() + " " + e.getError())
        .collect(Collectors.joining("; "));
  }
}
