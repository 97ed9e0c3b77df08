package chat.parley.persistence;

import chat.parley.model.Preview;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/** What links lead to, as statements that show messages select it. */
final class PreviewRow {
  private PreviewRow() {}

  /** Null for none, and where none is wanted. */
  static Preview read(Row row) {
    JsonObject stored = row.getJsonObject("preview");
    if (stored == null || !stored.containsKey("url")) {
      return null;
    }
    String image = stored.getString("image");
    return new Preview(
        stored.getString("url"),
        stored.getString("title"),
        stored.getString("description"),
        stored.getString("site"),
        image == null ? null : UUID.fromString(image));
  }
}
