package chat.parley.http;

import chat.parley.model.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.OpenAPIVersion;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.impl.OpenAPIContractImpl;
import io.vertx.openapi.impl.OpenAPIFormatValidator;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code openapi.yaml}, twice: the true file for people, and a copy in the dialect of Vert.x's
 * parser, which knows neither relative servers nor {@code application/problem+json}. Loading takes
 * about 0.3 s, once in a process.
 */
final class Contract {
  /** Where the contract's paths are mounted; the same as its {@code servers} entry. */
  static final String PREFIX = "/api/v1";

  private static final String FILE = "openapi.yaml";

  private final Buffer source;
  private final OpenAPIContract parsed;
  private final Set<String> open;
  private final Map<String, Scope> scopes;

  private Contract(
      Buffer source, OpenAPIContract parsed, Set<String> open, Map<String, Scope> scopes) {
    this.source = source;
    this.parsed = parsed;
    this.open = open;
    this.scopes = scopes;
  }

  /** Whoever asks for it first reads it: the file lies in the jar and stays as it is. */
  private static final class Loaded {
    static final Contract CONTRACT = read();
  }

  static Future<Contract> load(Vertx vertx) {
    return vertx.executeBlocking(() -> Loaded.CONTRACT);
  }

  private static Contract read() {
    Buffer source = Buffer.buffer(Resource.find(FILE).orElseThrow());
    JsonObject contract = parse(source);
    return new Contract(source, resolved(contract), open(contract), Scopes.of(contract));
  }

  /**
   * What {@link OpenAPIContract#from} makes, without judging the contract by the meta-schemas
   * first: that takes longer than all the rest, and a test does it once for every start to come.
   */
  private static OpenAPIContract resolved(JsonObject contract) {
    JsonObject adapted = adapted(contract);
    JsonSchemaOptions options =
        new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri("app://")
            .setOutputFormat(OutputFormat.Basic);
    SchemaRepository schemas = SchemaRepository.create(options, new OpenAPIFormatValidator());
    schemas.dereference(JsonSchema.of(adapted));
    return new OpenAPIContractImpl(schemas.resolve(adapted), OpenAPIVersion.V3_1, schemas);
  }

  /** The file as it is written. */
  Buffer source() {
    return source;
  }

  List<Operation> operations() {
    return parsed.operations();
  }

  /** Routes by the contract's paths and methods, still without handlers. */
  RouterBuilder routes(Vertx vertx) {
    return RouterBuilder.create(vertx, parsed);
  }

  /** A new one each time: it is for one event loop. */
  Shape shape(Operation operation) {
    return new Shape(parsed.getSchemaRepository(), operation);
  }

  /** Whether the operation asks for no credentials. */
  boolean isOpen(Operation operation) {
    return open.contains(operation.getOperationId());
  }

  /** What the operation asks of a key. */
  Scope scope(Operation operation) {
    return scopes.get(operation.getOperationId());
  }

  /**
   * Operations that say {@code security: []}; every other asks for what the whole contract does.
   */
  private static Set<String> open(JsonObject contract) {
    return contract.getJsonObject("paths").stream()
        .flatMap(path -> ((JsonObject) path.getValue()).stream())
        .map(method -> (JsonObject) method.getValue())
        .filter(operation -> operation.getJsonArray("security", new JsonArray().add("")).isEmpty())
        .map(operation -> operation.getString("operationId"))
        .collect(Collectors.toSet());
  }

  /**
   * The methods a path offers, for an {@code Allow} header; empty when there is no such path. Where
   * a literal path and one with a parameter both fit, what the first lacks is the second's.
   */
  String methodsOf(String path) {
    return parsed.operations().stream()
        .filter(operation -> fits(operation, path))
        .map(operation -> operation.getHttpMethod().name())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static boolean fits(Operation operation, String path) {
    String[] asked = path.split("/", -1);
    String[] offered = (PREFIX + operation.getOpenAPIPath()).split("/", -1);
    if (asked.length != offered.length) {
      return false;
    }
    for (int i = 0; i < asked.length; i++) {
      if (!offered[i].equals(asked[i]) && !(offered[i].startsWith("{") && !asked[i].isEmpty())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a GET of this path is an operation that answers JSON. */
  boolean readsJson(String path) {
    return path.startsWith(PREFIX + "/")
        && parsed.operations().stream()
            .filter(operation -> operation.getHttpMethod() == HttpMethod.GET)
            .filter(operation -> fits(operation, path))
            // In ASCII a brace stands behind all letters: the literal path is the first.
            .min(Comparator.comparing(Operation::getOpenAPIPath))
            .map(operation -> operation.getResponse(200))
            .map(answer -> answer.getContent().containsKey("application/json"))
            .orElse(false);
  }

  static JsonObject parse(Buffer yaml) {
    Map<String, Object> root =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(yaml.toString(StandardCharsets.UTF_8));
    return new JsonObject(root);
  }

  /**
   * Without {@code security}: the router answers an operation whose credentials it does not check
   * itself with 500, and the doorman checks them.
   */
  static JsonObject adapted(JsonObject contract) {
    JsonObject copy = (JsonObject) renamed(contract);
    copy.remove("security");
    copy.getJsonObject("paths")
        .forEach(
            path ->
                ((JsonObject) path.getValue())
                    .forEach(method -> ((JsonObject) method.getValue()).remove("security")));
    return copy.put(
        "servers",
        new JsonArray().add(new JsonObject().put("url", "http://parley.invalid" + PREFIX)));
  }

  /** The parser takes only a few media types, and is asked for no other. */
  private static String known(String type) {
    return type.equals(Problems.TYPE)
        ? "application/json"
        : type.startsWith("image/") || type.equals("application/zip") || type.equals("text/csv")
            ? "application/octet-stream"
            : type;
  }

  private static Object renamed(Object node) {
    if (node instanceof JsonObject object) {
      Map<String, Object> copy = new TreeMap<>();
      object.forEach(entry -> copy.put(known(entry.getKey()), renamed(entry.getValue())));
      return new JsonObject(copy);
    }
    if (node instanceof JsonArray array) {
      return new JsonArray(array.stream().map(Contract::renamed).collect(Collectors.toList()));
    }
    return node;
  }
}
