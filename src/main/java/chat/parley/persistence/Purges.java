package chat.parley.persistence;

import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Takes away what was in rooms that have ended, at most {@link #MOST} rows a transaction: so no
 * lock is held for long, and a crash loses one step. Nobody sees these rows any more. What tells
 * former members that they have lost the room stays.
 */
final class Purges {
  static final int MOST = 1_000;

  /** All contents of a room; a test looks for tables that are missing here. */
  static final List<String> CONTENTS =
      List.of(
          "delete from scheduled where ctid = any(array(select x.ctid from scheduled x where x.room_id = $1 limit $2))",
          "delete from invites where ctid = any(array(select x.ctid from invites x where x.room_id = $1 limit $2))",
          "delete from bans where ctid = any(array(select x.ctid from bans x where x.room_id = $1 limit $2))",
          "delete from room_pictures where ctid = any(array(select p.ctid from room_pictures p where p.room_id = $1 limit $2))",
          """
          delete from reactions where ctid = any(array(
            select r.ctid from reactions r where r.room_key = (select room_key from room_heads where room_id = $1) limit $2))
          """,
          """
          delete from mentions where ctid = any(array(
            select x.ctid from mentions x where x.room_key = (select room_key from room_heads where room_id = $1) limit $2))
          """,
          """
          delete from message_edits where ctid = any(array(
            select x.ctid from message_edits x where x.room_key = (select room_key from room_heads where room_id = $1) limit $2))
          """,
          """
          delete from search_marks where ctid = any(array(
            select x.ctid from search_marks x where x.room_key = (select room_key from room_heads where room_id = $1) limit $2))
          """,
          """
          delete from message_search where ctid = any(array(
            select x.ctid from message_search x where x.room_key = (select room_key from room_heads where room_id = $1) limit $2))
          """,
          """
          with gone as (
            delete from attachments where ctid = any(array(
              select x.ctid from attachments x where x.room_key = (select room_key from room_heads where room_id = $1) limit $2))
            returning media_id)
          """
              + AttachmentStore.FREE,
          """
          delete from messages where ctid = any(array(
            select m.ctid from messages m where m.room_key = (select room_key from room_heads where room_id = $1) limit $2))
          """,
          "delete from lines where ctid = any(array(select l.ctid from lines l where l.room_id = $1 limit $2))");

  private static final String OPEN = "select room_id from purges order by room_id limit 20";

  private static final String LOCK =
      "select room_id from purges where room_id = $1 for update skip locked";

  private static final String ASK =
      "insert into purges (room_id) values ($1) on conflict do nothing";

  private static final String DONE = "delete from purges where room_id = $1";

  private final Postgres postgres;
  private final Walk<UUID> walk = new Walk<>("Emptying rooms", this::open, this::step);

  Purges(Postgres postgres) {
    this.postgres = postgres;
  }

  /** As part of what ends a room. */
  static Future<Void> ask(SqlConnection connection, UUID roomId) {
    return connection.preparedQuery(ASK).execute(Tuple.of(roomId)).mapEmpty();
  }

  /** Goes on until there is nothing left to do here. */
  void goOn() {
    walk.goOn();
  }

  private Future<List<UUID>> open() {
    return postgres
        .read(OPEN, Tuple.tuple())
        .map(rows -> Rows.list(rows, row -> row.getUUID("room_id")));
  }

  /** False when another node is at it. */
  private Future<Boolean> step(UUID roomId) {
    return postgres.write(
        new Actor(null, null),
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(roomId))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(false)
                            : some(connection, roomId, CONTENTS)));
  }

  private static Future<Boolean> some(
      SqlConnection connection, UUID roomId, List<String> contents) {
    if (contents.isEmpty()) {
      return connection.preparedQuery(DONE).execute(Tuple.of(roomId)).map(true);
    }
    return connection
        .preparedQuery(contents.get(0))
        .execute(Tuple.of(roomId, MOST))
        .compose(
            gone ->
                gone.rowCount() > 0
                    ? Future.succeededFuture(true)
                    : some(connection, roomId, contents.subList(1, contents.size())));
  }
}
