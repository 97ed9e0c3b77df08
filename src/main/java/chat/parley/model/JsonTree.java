package chat.parley.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that a stranger wrote, before anything else looks at it. Whatever PostgreSQL, a
 * browser or a second parser might read differently is refused here: bytes that are not UTF-8, a
 * byte order mark, repeated keys, nesting beyond 32, numbers beyond 64 bits, the character NUL and
 * halves of surrogate pairs. O(length) time and space.
 */
public final class JsonTree {
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(100)
                  .maxNameLength(256)
                  .build())
          .build();

  private final JsonParser in;

  private JsonTree(JsonParser in) {
    this.in = in;
  }

  /** Why a text is refused, and where; says nothing of the parser. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String pointer;

    Refused(String pointer, String detail) {
      super(detail, null, false, false);
      this.pointer = pointer;
    }

    /** A JSON pointer to the place, as far as reading came; empty for the whole. */
    public String pointer() {
      return pointer;
    }
  }

  /** The value as maps, lists, strings, {@code Long}, {@code Double}, {@code Boolean} and null. */
  public static Object read(byte[] utf8) throws Refused {
    String text = decode(utf8);
    try (JsonParser parser = STRICT.createParser(text)) {
      JsonTree tree = new JsonTree(parser);
      parser.nextToken();
      Object value = tree.value();
      if (parser.nextToken() != null) {
        throw new Refused("", "There is something after the JSON value");
      }
      return value;
    } catch (IOException notJson) {
      throw new Refused("", reason(notJson));
    }
  }

  private static String decode(byte[] utf8) throws Refused {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (text.startsWith("\uFEFF")) {
        throw new Refused("", "The text begins with a byte order mark");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new Refused("", "The text is not UTF-8");
    }
  }

  private Object value() throws IOException, Refused {
    JsonToken token = in.currentToken();
    if (token == null) {
      throw new Refused("", "The JSON text is empty or ends too early");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> storable(in.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new Refused(pointer(), "This is not a JSON value");
    };
  }

  private Map<String, Object> object() throws IOException, Refused {
    Map<String, Object> object = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      if (!MessageText.isStorable(key)) {
        throw new Refused(pointer(), "A property's name holds a NUL or half a character");
      }
      in.nextToken();
      object.put(key, value());
    }
    return object;
  }

  private List<Object> array() throws IOException, Refused {
    List<Object> array = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }

  private String storable(String text) throws Refused {
    if (!MessageText.isStorable(text)) {
      throw new Refused(pointer(), "The text holds a NUL or half a character");
    }
    return text;
  }

  private Long integer() throws IOException, Refused {
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new Refused(pointer(), "The number is too large");
    }
    return in.getLongValue();
  }

  private Double fraction() throws IOException, Refused {
    double value = in.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new Refused(pointer(), "The number is too large");
    }
    return value;
  }

  private String pointer() {
    String pointer = in.getParsingContext().pathAsPointer().toString();
    return MessageText.isStorable(pointer) ? pointer : "";
  }

  /** The parser's own words name classes and quote the input; these do neither. */
  private static String reason(IOException cause) {
    String says = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : "";
    if (says.startsWith("Duplicate field")) {
      return "A property is given twice";
    }
    return says.contains("nesting depth")
        ? "The JSON text is nested too deeply"
        : "The text is not valid JSON";
  }
}
