package chat.parley.persistence;

import chat.parley.bus.Problem;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A place in an order: the values of its parts, as PostgreSQL writes them, after the order's own
 * name. Opaque to clients, who can only read what they were shown.
 */
final class ModelCursor {
  private ModelCursor() {}

  static String write(AdminModel.Order order, boolean down, List<String> values) {
    JsonArray plain = new JsonArray().add(spot(order, down));
    values.forEach(plain::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** The values; fails with INVALID for what is no place in this order. */
  static List<String> read(AdminModel.Order order, boolean down, String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      List<String> values = new JsonArray(plain).stream().map(String.class::cast).toList();
      if (values.size() != order.parts().size() + 1 || !values.get(0).equals(spot(order, down))) {
        throw refused();
      }
      for (int i = 0; i < order.parts().size(); i++) {
        require(order.parts().get(i).type(), values.get(i + 1));
      }
      return values.subList(1, values.size());
    } catch (IllegalArgumentException
        | DecodeException
        | DateTimeException
        | ClassCastException
        | NullPointerException no) {
      throw refused();
    }
  }

  private static String spot(AdminModel.Order order, boolean down) {
    return (down ? "-" : "") + order.name();
  }

  private static void require(String type, String value) {
    switch (type) {
      case "uuid" -> UUID.fromString(value);
      case "bigint" -> Long.parseLong(value);
      case "timestamptz" -> OffsetDateTime.parse(iso(value));
      default -> {
        if (value.indexOf(0) >= 0) {
          throw refused();
        }
      }
    }
  }

  /** 2026-01-01 12:00:00.5+00 as Java reads it. */
  private static String iso(String stored) {
    return stored.replace(' ', 'T').replaceFirst("([+-]\\d\\d)$", "$1:00");
  }

  private static RuntimeException refused() {
    return Problem.INVALID.at("after", "is not a cursor of this list");
  }
}
