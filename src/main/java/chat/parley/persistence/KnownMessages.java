package chat.parley.persistence;

import chat.parley.model.Message;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The messages that a commit found stored already, as they are now: asked for after it, and only
 * when there are any, so that no other message pays for them.
 */
final class KnownMessages {
  static final String READ =
      """
      select i.ord, i.room_id,
      """
          + MessageRow.COLUMNS
          + """
      from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[]) as i(ord, room_id, sender_id, client_id)
      join room_heads h on h.room_id = i.room_id
      join messages m
        on m.client_id = i.client_id and m.sender_id = i.sender_id and m.room_key + 0 = h.room_key
      """
          + MessageRow.PEOPLE;

  private KnownMessages() {}

  /**
   * By their place in the batch. Fails as if the outcome were unknown, which to these it is: then
   * the batch is run again, and finds them all.
   */
  static Future<Map<Integer, Message>> read(
      SqlConnection connection, RowSet<Row> judged, List<Send> sends) {
    List<Integer> known = new ArrayList<>();
    for (Row row : judged) {
      if ("known".equals(row.getString("obstacle"))) {
        known.add(row.getInteger("ord"));
      }
    }
    if (known.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<Send.Key> keys = known.stream().map(ord -> sends.get(ord).key).toList();
    return connection
        .preparedQuery(READ)
        .execute(
            Tuple.of(
                known.toArray(Integer[]::new),
                keys.stream().map(Send.Key::roomId).toArray(UUID[]::new),
                keys.stream().map(Send.Key::senderId).toArray(UUID[]::new),
                keys.stream().map(Send.Key::clientId).toArray(UUID[]::new)))
        .map(KnownMessages::messages)
        .recover(cause -> Future.failedFuture(new Failed(Failed.Kind.UNKNOWN, cause)));
  }

  private static Map<Integer, Message> messages(RowSet<Row> rows) {
    Map<Integer, Message> messages = new HashMap<>();
    for (Row row : rows) {
      messages.put(row.getInteger("ord"), MessageRow.read(row, row.getUUID("room_id")));
    }
    return messages;
  }
}
