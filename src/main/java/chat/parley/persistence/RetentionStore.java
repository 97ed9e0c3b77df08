package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Line;
import chat.parley.model.Room;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;

/** How long a room keeps what is said in it: a change of the room, which its members read. */
final class RetentionStore {
  /** A hundred years. */
  static final int MOST_DAYS = 36_500;

  private static final String OWN = "select retention_days from rooms where id = $1";

  private static final String STORE =
      """
      update rooms set retention_days = $2, version = $3 where id = $1
      returning kind as room_kind, name as room_name, topic, avatar_url as room_avatar, archived_at, posting, history,
        coalesce(retention_days, nullif(current_setting('parley.retention_days', true)::int, 0)) as retention
      """;

  /** So that the room is looked at now. */
  private static final String ASK =
      """
      insert into retentions (room_id) values ($1) on conflict (room_id) do update set due_at = now()
      """;

  private RetentionStore() {}

  /** As part of what an administrator does to a room; 0 days is what the server does. */
  static Future<Void> set(RoomChange change, long days) {
    if (days < 0 || days > MOST_DAYS) {
      throw Problem.INVALID.at("/retentionDays", "is a number up to " + MOST_DAYS);
    }
    Integer stored = days == 0 ? null : (int) days;
    return run(change, OWN, Tuple.of(change.roomId))
        .compose(
            rows ->
                Objects.equals(Rows.first(rows).getInteger("retention_days"), stored)
                    ? Future.succeededFuture()
                    : store(change, stored));
  }

  private static Future<Void> store(RoomChange change, Integer days) {
    long version = change.nextVersion();
    return run(change, STORE, Tuple.of(change.roomId).addInteger(days).addLong(version))
        .map(rows -> Rows.room(Rows.first(rows), change.roomId, version))
        .compose(room -> tell(change, room))
        .compose(told -> run(change, ASK, Tuple.of(change.roomId)))
        .mapEmpty();
  }

  private static Future<Void> tell(RoomChange change, Room room) {
    change.announce(room);
    Integer days = room.retentionDays();
    return change.line(Line.Kind.RETENTION, null, days == null ? null : days.toString());
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
