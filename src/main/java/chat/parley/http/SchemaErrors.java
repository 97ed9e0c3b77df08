package chat.parley.http;

import chat.parley.bus.Failure;
import io.vertx.json.schema.OutputUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the schema validator found into fields with words for people. */
final class SchemaErrors {
  /** Errors that only repeat, further out, what an inner one says. */
  private static final Set<String> FRAMES =
      Set.of("properties", "items", "$ref", "prefixItems", "propertyNames");

  private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");
  private static final int MOST = 10;

  private SchemaErrors() {}

  /** The most telling error of each place, the first ten places. */
  static List<Failure.Field> fields(OutputUnit result) {
    Map<String, Failure.Field> fields = new LinkedHashMap<>();
    Set<String> strangers = new LinkedHashSet<>();
    for (OutputUnit error : result.getErrors()) {
      String pointer = error.getInstanceLocation().replaceFirst("^#", "");
      if (keyword(error).equals("additionalProperties")) {
        strangers.add(pointer);
      } else {
        field(error, pointer).ifPresent(field -> fields.putIfAbsent(field.pointer(), field));
      }
    }
    // A known property of the wrong shape is called a stranger too: only those without another
    // error are.
    strangers.stream()
        .filter(stranger -> fields.keySet().stream().noneMatch(known -> isWithin(known, stranger)))
        .forEach(
            stranger ->
                fields.put(stranger, new Failure.Field(stranger, "This is not known here")));
    return fields.isEmpty()
        ? List.of(new Failure.Field("", "This does not have the right shape"))
        : fields.values().stream().limit(MOST).toList();
  }

  private static Optional<Failure.Field> field(OutputUnit error, String pointer) {
    String says = String.valueOf(error.getError());
    String keyword = keyword(error);
    if (FRAMES.contains(keyword) || says.startsWith("False boolean schema")) {
      return Optional.empty();
    }
    return Optional.of(
        keyword.equals("required")
            ? new Failure.Field(pointer + "/" + quoted(says), "This is missing")
            : new Failure.Field(pointer, words(keyword, says)));
  }

  private static String keyword(OutputUnit error) {
    String path = String.valueOf(error.getKeywordLocation());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean isWithin(String pointer, String outer) {
    return pointer.equals(outer) || pointer.startsWith(outer + "/");
  }

  private static String quoted(String says) {
    Matcher name = QUOTED.matcher(says);
    return name.find() ? name.group(1) : "";
  }

  private static String words(String keyword, String says) {
    return switch (keyword) {
      case "type" ->
          "This has the wrong type: it must be " + says.substring(says.lastIndexOf(' ') + 1);
      case "enum" -> says.replace("Instance does not match any of", "This must be one of");
      case "format" -> "This does not have the right form";
      case "minLength" -> "This is too short";
      case "maxLength" -> "This is too long";
      case "minimum" -> "This is too small";
      case "maximum" -> "This is too large";
      case "maxItems" -> "These are too many";
      default -> "This is not right";
    };
  }
}
