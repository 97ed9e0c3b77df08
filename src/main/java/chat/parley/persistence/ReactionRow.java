package chat.parley.persistence;

import chat.parley.model.Message;
import chat.parley.model.OneMessage;
import chat.parley.model.Reaction;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reactions as statements that show messages select them. */
final class ReactionRow {
  /**
   * With which {@code reader.user_id} reacted to message {@code m}, of the same snapshot: a look-up
   * by the key for messages that have reactions, nothing for others.
   */
  static final String MINE =
      """
      case when m.reactions is not null then array(
          select own.emoji from reactions own
          where own.room_key = m.room_key and own.user_id = reader.user_id and own.seq = m.seq order by own.version) end as mine
      """;

  private static final String OWN =
      """
      select emoji from reactions where room_key = $1 and user_id = $2 and seq = $3 order by version
      """;

  private ReactionRow() {}

  /** What everybody is shown; null for none. */
  static List<Reaction> read(Row row) {
    JsonArray stored = row.getJsonArray("reactions");
    return stored == null
        ? null
        : stored.stream().map(JsonObject.class::cast).map(ReactionRow::kind).toList();
  }

  private static Reaction kind(JsonObject stored) {
    return new Reaction(
        stored.getString("emoji"),
        stored.getInteger("count"),
        stored.getJsonArray("some").stream().map(id -> UUID.fromString((String) id)).toList());
  }

  /** Column {@code mine}. */
  static List<String> mine(Row row) {
    String[] emoji = row.getArrayOfStrings("mine");
    return emoji == null ? List.of() : List.of(emoji);
  }

  /** The same by seq, for messages that the reader has reacted to. */
  static void note(Row row, Map<Long, List<String>> mine) {
    List<String> emoji = mine(row);
    if (!emoji.isEmpty()) {
      mine.put(row.getLong("seq"), emoji);
    }
  }

  /** With which the actor of a change has reacted, oldest first. */
  static Future<List<String>> mine(RoomChange change, long seq) {
    return change
        .connection
        .preparedQuery(OWN)
        .execute(Tuple.of(change.roomKey, change.actorId, seq))
        .map(rows -> Rows.list(rows, row -> row.getString("emoji")));
  }

  /** A message that was changed or looked at, and the actor's own reactions beside it. */
  static Future<OneMessage> beside(RoomChange change, Message message) {
    return message.reactions() == null
        ? Future.succeededFuture(new OneMessage(message, List.of()))
        : mine(change, message.seq()).map(mine -> new OneMessage(message, mine));
  }
}
