package chat.parley.apidocs;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The contract as a collection of Postman's (format 2.1): a folder that walks through the first
 * steps and fills the variables, and a folder a tag with every operation. What an address needs is
 * a variable; bodies are made of the schemas.
 */
final class PostmanCollection {
  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "head");

  /** One operation, where it stands in the contract. */
  record Operation(String method, String path, JsonObject says) {
    String id() {
      return says.getString("operationId");
    }

    String tag() {
      return says.getJsonArray("tags").getString(0);
    }
  }

  private final JsonObject contract;
  private final Examples examples;
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  PostmanCollection(JsonObject contract) {
    this.contract = contract;
    this.examples = new Examples(contract);
    contract
        .getJsonObject("paths")
        .forEach(
            path ->
                METHODS.forEach(
                    method ->
                        Optional.ofNullable(((JsonObject) path.getValue()).getJsonObject(method))
                            .map(says -> new Operation(method, path.getKey(), says))
                            .ifPresent(found -> operations.put(found.id(), found))));
  }

  List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  /** One request a line, so that a change of the contract reads as what it is. */
  String text() {
    List<String> folders = new ArrayList<>();
    folders.add(
        folder(
            "First steps",
            PostmanFlow.STEPS.stream()
                .map(step -> step.request(request(operations.get(step.operationId()), step.body())))
                .toList()));
    tags()
        .forEach(
            tag ->
                folders.add(
                    folder(
                        tag,
                        operations.values().stream()
                            .filter(operation -> operation.tag().equals(tag))
                            .map(operation -> request(operation, null))
                            .toList())));
    return head() + folders.stream().collect(Collectors.joining(",\n", "\n", "\n]}\n"));
  }

  private List<String> tags() {
    return operations.values().stream().map(Operation::tag).distinct().toList();
  }

  private String head() {
    JsonObject head =
        new JsonObject()
            .put(
                "info",
                new JsonObject()
                    .put("name", "Parley")
                    .put(
                        "description",
                        "Made of openapi.yaml. Run the folder \"First steps\" first: it fills the variables.")
                    .put(
                        "schema",
                        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"))
            .put("auth", bearer())
            .put("variable", variables());
    String text = head.encode();
    return text.substring(0, text.length() - 1) + ",\"item\":[";
  }

  private static String folder(String name, List<JsonObject> requests) {
    return requests.stream()
        .map(JsonObject::encode)
        .collect(Collectors.joining(",\n", "{\"name\":\"" + name + "\",\"item\":[\n", "\n]}"));
  }

  private static JsonObject bearer() {
    return new JsonObject()
        .put("type", "bearer")
        .put(
            "bearer",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("key", "token")
                        .put("value", "{{accessToken}}")
                        .put("type", "string")));
  }

  /** Every name that stands in a path, and what the first steps need besides. */
  private JsonArray variables() {
    TreeSet<String> names = new TreeSet<>(List.of("accessToken", "refreshToken", "username"));
    operations.keySet().forEach(id -> names.addAll(inPath(operations.get(id))));
    JsonArray variables =
        new JsonArray()
            .add(variable("baseUrl", "http://localhost:8080/api/v1"))
            .add(variable("password", "correct horse"))
            .add(variable("emoji", "👍"));
    names.remove("emoji");
    names.forEach(name -> variables.add(variable(name, "")));
    return variables;
  }

  private static JsonObject variable(String key, String value) {
    return new JsonObject().put("key", key).put("value", value);
  }

  private static List<String> inPath(Operation operation) {
    List<String> names = new ArrayList<>();
    for (String part : operation.path().split("/")) {
      if (part.startsWith("{")) {
        names.add(part.substring(1, part.length() - 1));
      }
    }
    return names;
  }

  private JsonObject request(Operation operation, String body) {
    JsonObject request =
        new JsonObject()
            .put("method", operation.method().toUpperCase(java.util.Locale.ROOT))
            .put("header", new JsonArray())
            .put("url", url(operation));
    if (operation.says().getJsonArray("security", new JsonArray().add("")).isEmpty()) {
      request.put("auth", new JsonObject().put("type", "noauth"));
    }
    body(operation, body).ifPresent(shape -> request.put("body", shape));
    String words = operation.says().getString("description");
    if (words != null) {
      request.put("description", words.strip());
    }
    if (request.containsKey("body") && request.getJsonObject("body").containsKey("raw")) {
      request.getJsonArray("header").add(variable("Content-Type", "application/json"));
    }
    return new JsonObject()
        .put("name", operation.id() + ": " + operation.says().getString("summary"))
        .put("request", request);
  }

  private JsonObject url(Operation operation) {
    String path = operation.path().substring(1).replace("{", "{{").replace("}", "}}");
    JsonArray query = new JsonArray();
    parameters(operation).stream()
        .map(each -> examples.followed((JsonObject) each))
        .filter(each -> each.getString("in").equals("query"))
        .forEach(each -> query.add(inQuery(each)));
    String asked =
        query.stream()
            .map(JsonObject.class::cast)
            .filter(each -> !each.getBoolean("disabled"))
            .map(each -> each.getString("key") + "=" + each.getString("value"))
            .collect(Collectors.joining("&"));
    JsonObject url =
        new JsonObject()
            .put("raw", "{{baseUrl}}/" + path + (asked.isEmpty() ? "" : "?" + asked))
            .put("host", new JsonArray().add("{{baseUrl}}"))
            .put("path", new JsonArray(List.of(path.split("/"))));
    return query.isEmpty() ? url : url.put("query", query);
  }

  private JsonArray parameters(Operation operation) {
    return contract
        .getJsonObject("paths")
        .getJsonObject(operation.path())
        .getJsonArray("parameters", new JsonArray())
        .copy()
        .addAll(operation.says().getJsonArray("parameters", new JsonArray()));
  }

  /** Those that need not be there wait to be ticked. */
  private JsonObject inQuery(JsonObject parameter) {
    String name = parameter.getString("name");
    boolean required = parameter.getBoolean("required", false);
    return variable(name, required ? "" + examples.of(parameter.getJsonObject("schema"), name) : "")
        .put("disabled", !required);
  }

  private Optional<JsonObject> body(Operation operation, String given) {
    JsonObject body = operation.says().getJsonObject("requestBody");
    if (body == null) {
      return Optional.empty();
    }
    JsonObject content = examples.followed(body).getJsonObject("content");
    JsonObject json = content.getJsonObject("application/json");
    return Optional.of(
        json == null
            ? bytes(content.containsKey("multipart/form-data"))
            : words(given == null ? example(json) : given));
  }

  private String example(JsonObject json) {
    return ((JsonObject) examples.of(json.getJsonObject("schema"), "")).encode();
  }

  private static JsonObject words(String json) {
    JsonObject language = new JsonObject().put("language", "json");
    return new JsonObject()
        .put("mode", "raw")
        .put("raw", json)
        .put("options", new JsonObject().put("raw", language));
  }

  /** Which file that is, people choose in Postman. */
  private static JsonObject bytes(boolean inForm) {
    JsonObject part = new JsonObject().put("key", "file").put("type", "file");
    return inForm
        ? new JsonObject().put("mode", "formdata").put("formdata", new JsonArray().add(part))
        : new JsonObject().put("mode", "file").put("file", new JsonObject());
  }
}
