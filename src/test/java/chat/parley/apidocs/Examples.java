package chat.parley.apidocs;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Values that fit the contract's schemas: what must be there and no more, or the schema's own
 * {@code example}. A text is the name of its property.
 */
final class Examples {
  private final JsonObject contract;

  Examples(JsonObject contract) {
    this.contract = contract;
  }

  /** What a reference leads to, else the node itself. */
  JsonObject followed(JsonObject node) {
    String to = node.getString("$ref");
    return to == null
        ? node
        : followed((JsonObject) JsonPointer.from(to.substring(1)).queryJson(contract));
  }

  Object of(JsonObject reference, String name) {
    JsonObject schema = followed(reference);
    for (String said : new String[] {"example", "const", "default"}) {
      if (schema.containsKey(said)) {
        return schema.getValue(said);
      }
    }
    if (schema.containsKey("enum")) {
      return schema.getJsonArray("enum").getValue(0);
    }
    for (String several : new String[] {"oneOf", "anyOf"}) {
      if (schema.containsKey(several) && !schema.containsKey("properties")) {
        return of(schema.getJsonArray(several).getJsonObject(0), name);
      }
    }
    return ofType(schema, name);
  }

  private Object ofType(JsonObject schema, String name) {
    Object type = schema.getValue("type");
    return switch (type instanceof JsonArray several ? several.getString(0) : (String) type) {
      case "string" -> text(schema, name);
      case "integer", "number" -> schema.getInteger("minimum", 1);
      case "boolean" -> true;
      case "array" -> items(schema, name);
      default -> object(schema);
    };
  }

  private static String text(JsonObject schema, String name) {
    return switch (schema.getString("format", "")) {
      case "uuid" -> "{{$guid}}";
      case "date-time" -> "2030-01-01T00:00:00Z";
      case "email" -> "somebody@example.org";
      default -> name + "x".repeat(Math.max(0, schema.getInteger("minLength", 0) - name.length()));
    };
  }

  private JsonArray items(JsonObject schema, String name) {
    JsonArray items = new JsonArray();
    for (int i = 0; i < schema.getInteger("minItems", 0); i++) {
      items.add(of(schema.getJsonObject("items"), name));
    }
    return items;
  }

  private JsonObject object(JsonObject schema) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    Set<String> names = new LinkedHashSet<>();
    schema.getJsonArray("required", new JsonArray()).forEach(name -> names.add((String) name));
    if (schema.containsKey("anyOf")) {
      followed(schema.getJsonArray("anyOf").getJsonObject(0))
          .getJsonArray("required", new JsonArray())
          .forEach(name -> names.add((String) name));
    }
    Stream.concat(names.stream(), properties.fieldNames().stream())
        .distinct()
        .limit(Math.max(names.size(), schema.getInteger("minProperties", 0)))
        .forEach(names::add);
    JsonObject example = new JsonObject();
    names.forEach(name -> example.put(name, of(properties.getJsonObject(name), name)));
    return example;
  }
}
