package chat.parley.http;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is typed into a form of a model, held against its fields as a body is held against the
 * contract: nothing unknown, nothing of another type, nothing too long.
 */
final class ModelFields {
  private static final int LONGEST = 1_000;

  private final List<Admin.Field> fields;
  private final String at;
  private final List<Failure.Field> wrong = new ArrayList<>();

  private ModelFields(List<Admin.Field> fields, String at) {
    this.fields = fields;
    this.at = at;
  }

  /** Of a row to be made: all that is required is there. NOT_FOUND when none can be made. */
  static Map<String, Object> whole(Call call, List<Admin.Field> fields) {
    return new ModelFields(offered(fields), "").read(body(call), true);
  }

  /** Of a row to be changed: what is absent stays. */
  static Map<String, Object> some(Call call, List<Admin.Field> fields) {
    return new ModelFields(offered(fields), "").read(body(call), false);
  }

  /** Of an action that the model offers; {@code typed} may be null. */
  static Map<String, Object> ofAction(Admin.Model model, String action, Map<String, Object> typed) {
    boolean deletes = action.equals(Admin.DELETE) && model.delete();
    List<Admin.Field> fields =
        model.actions().stream()
            .filter(each -> each.name().equals(action))
            .findFirst()
            .map(each -> each.fields() == null ? List.<Admin.Field>of() : each.fields())
            .orElseGet(() -> deletes ? List.of() : null);
    if (fields == null) {
      throw Problem.INVALID.at("/action", "is not offered for this model");
    }
    return new ModelFields(fields, "/fields").read(typed == null ? Map.of() : typed, true);
  }

  private static List<Admin.Field> offered(List<Admin.Field> fields) {
    if (fields == null) {
      throw Problem.NOT_FOUND.failure();
    }
    return fields;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(Call call) {
    return call.body(Map.class);
  }

  private Map<String, Object> read(Map<String, Object> typed, boolean whole) {
    typed.keySet().stream()
        .filter(name -> fields.stream().noneMatch(field -> field.name().equals(name)))
        .forEach(name -> wrong.add(new Failure.Field(at + "/" + shown(name), "is not known here")));
    Map<String, Object> values = new HashMap<>();
    for (Admin.Field field : fields) {
      if (typed.containsKey(field.name())) {
        values.put(field.name(), value(field, typed.get(field.name())));
      } else if (whole && field.required()) {
        refuse(field, "is missing");
      }
    }
    if (!wrong.isEmpty()) {
      throw Failure.invalid(wrong);
    }
    return values;
  }

  private static String shown(String name) {
    return name.substring(0, Math.min(40, name.length()));
  }

  private Object value(Admin.Field field, Object typed) {
    return switch (field.type()) {
      case BOOLEAN -> typed instanceof Boolean ? typed : refuse(field, "is true or false");
      case NUMBER, BYTES -> number(field, typed);
      default -> typed instanceof String text ? text(field, text) : refuse(field, "is a text");
    };
  }

  private Object number(Admin.Field field, Object typed) {
    boolean whole = typed instanceof Integer || typed instanceof Long;
    return whole ? (Object) ((Number) typed).longValue() : refuse(field, "is a whole number");
  }

  private Object text(Admin.Field field, String text) {
    int most = field.maxLength() == null ? LONGEST : field.maxLength();
    if (text.length() > most) {
      return refuse(field, "is too long");
    }
    if (text.isEmpty() && field.required()) {
      return refuse(field, "is empty");
    }
    return switch (field.type()) {
      case CHOICE ->
          field.values().contains(text) ? text : refuse(field, "is one of " + field.values());
      case ID -> isId(text) ? text : refuse(field, "is an id");
      case TIME -> text.isEmpty() || isTime(text) ? text : refuse(field, "is a time");
      default -> text;
    };
  }

  private static boolean isId(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeException none) {
      return false;
    }
  }

  private Object refuse(Admin.Field field, String why) {
    wrong.add(new Failure.Field(at + "/" + field.name(), why));
    return null;
  }
}
