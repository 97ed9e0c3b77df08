package chat.parley.persistence;

import chat.parley.model.Attachment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** What messages carry, as statements that show messages select it. */
final class AttachmentRow {
  private AttachmentRow() {}

  /** What everybody is shown; null for none. */
  static List<Attachment> read(Row row) {
    JsonArray stored = row.getJsonArray("attachments");
    return stored == null
        ? null
        : stored.stream().map(JsonObject.class::cast).map(AttachmentRow::attachment).toList();
  }

  private static Attachment attachment(JsonObject stored) {
    return new Attachment(
        UUID.fromString(stored.getString("id")),
        stored.getString("name"),
        stored.getString("type"),
        stored.getLong("size"),
        stored.getInteger("width"),
        stored.getInteger("height"),
        stored.getBoolean("thumbnail"),
        stored.getBoolean("voice"));
  }
}
