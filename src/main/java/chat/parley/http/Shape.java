package chat.parley.http;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.JsonTree;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a request of one operation looks like, taken from the contract. Checked here, on the event
 * loop, and not by the router that the contract builds: its validation hands every request to a
 * worker thread, forgets which parameter was wrong, and trusts its JSON parser. What checks is made
 * at the first request: all of them together would take a third of a second of every start. Not
 * safe for several threads: one a server instance.
 */
final class Shape {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private final SchemaRepository schemas;
  private final Map<JsonSchema, Validator> validators = new IdentityHashMap<>();
  private final List<Parameter> parameters;
  private final MediaType body;
  private final boolean picture;
  private final boolean file;

  Shape(SchemaRepository schemas, Operation operation) {
    this.schemas = schemas;
    parameters = operation.getParameters();
    body =
        operation.getRequestBody() == null
            ? null
            : operation.getRequestBody().getContent().get("application/json");
    file = takes(operation, "multipart/form-data");
    picture = takes(operation, "application/octet-stream");
  }

  private static boolean takes(Operation operation, String type) {
    return operation.getRequestBody() != null
        && operation.getRequestBody().getContent().containsKey(type);
  }

  /** Whether the body is a file, which is read by what serves the operation. */
  boolean hasFile() {
    return file;
  }

  /** Whether the body is a picture and no JSON. */
  boolean hasPicture() {
    return picture;
  }

  boolean hasBody() {
    return body != null;
  }

  /** Whether there is neither a parameter nor a body. */
  boolean isEmpty() {
    return body == null && parameters.isEmpty();
  }

  /**
   * The values by name, integers as {@code Long}, lists as {@code JsonArray}; absent ones are
   * missing.
   */
  Map<String, Object> parameters(RoutingContext context) {
    Map<String, Object> values = new HashMap<>();
    List<Failure.Field> wrong = new ArrayList<>();
    for (Parameter parameter : parameters) {
      check(parameter, raw(context, parameter), values, wrong);
    }
    if (!wrong.isEmpty()) {
      throw Failure.invalid(wrong);
    }
    return values;
  }

  /** Refuses a body that is not JSON, or not of this shape. */
  void check(Buffer json) {
    try {
      OutputUnit result =
          validator(body.getSchema()).validate(vertxJson(JsonTree.read(json.getBytes())));
      if (!result.getValid()) {
        throw Failure.invalid(SchemaErrors.fields(result));
      }
    } catch (JsonTree.Refused refused) {
      throw refused.pointer().isEmpty()
          ? Problem.MALFORMED.because(refused.getMessage())
          : Problem.MALFORMED.at(refused.pointer(), refused.getMessage());
    }
  }

  private static List<String> raw(RoutingContext context, Parameter parameter) {
    String name = parameter.getName();
    return switch (parameter.getIn()) {
      case PATH -> List.of(context.pathParam(name));
      case QUERY -> context.queryParam(name);
      case HEADER -> context.request().headers().getAll(name);
      case COOKIE -> List.of();
    };
  }

  private Validator validator(JsonSchema schema) {
    return validators.computeIfAbsent(schema, schemas::validator);
  }

  private void check(
      Parameter parameter,
      List<String> raw,
      Map<String, Object> values,
      List<Failure.Field> wrong) {
    String name = parameter.getName();
    if (raw.isEmpty()) {
      if (parameter.isRequired()) {
        wrong.add(new Failure.Field(name, "This parameter is missing"));
      }
    } else if (raw.size() > 1 && !isList(parameter)) {
      wrong.add(new Failure.Field(name, "This parameter is given twice"));
    } else {
      Object value = isList(parameter) ? new JsonArray(raw) : typed(parameter, raw.get(0));
      OutputUnit result = validator(parameter.getSchema()).validate(value);
      if (result.getValid()) {
        values.put(name, value);
      } else {
        SchemaErrors.fields(result)
            .forEach(field -> wrong.add(new Failure.Field(name, field.detail())));
      }
    }
  }

  /** May be given several times. */
  private static boolean isList(Parameter parameter) {
    return parameter.getSchemaType() == SchemaType.ARRAY;
  }

  private static Object typed(Parameter parameter, String raw) {
    boolean number =
        parameter.getSchemaType() == SchemaType.INTEGER && INTEGER.matcher(raw).matches();
    return number ? (Object) Long.valueOf(raw) : raw;
  }

  /** The validator knows objects and arrays only in Vert.x's own clothes. */
  @SuppressWarnings("unchecked")
  private static Object vertxJson(Object tree) {
    if (tree instanceof Map<?, ?> object) {
      return new JsonObject((Map<String, Object>) object);
    }
    return tree instanceof List<?> array ? new JsonArray(array) : tree;
  }
}
