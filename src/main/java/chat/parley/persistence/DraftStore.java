package chat.parley.persistence;

import chat.parley.model.Draft;
import chat.parley.model.Drafts;
import chat.parley.model.Page;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What people have begun to write. Nobody else is told, no room is locked; a change holds the
 * author's head, so their devices hear of them in order. O(log n) each.
 */
final class DraftStore {
  private static final String LOCK =
      "select version from user_heads where user_id = $1 for no key update";

  private static final String LOOK =
      """
      select d.text, d.reply_to, d.at, m.room_id
      from members m left join drafts d on d.room_id = m.room_id and d.user_id = m.user_id
      where m.room_id = $2 and m.user_id = $1
      """;

  private static final String PUT =
      """
      insert into drafts (user_id, room_id, text, reply_to) values ($1, $2, $3, $4)
      on conflict (user_id, room_id) do update set text = excluded.text, reply_to = excluded.reply_to, at = excluded.at
      returning room_id, text, reply_to, at
      """;

  private static final String DELETE = "delete from drafts where user_id = $1 and room_id = $2";

  private static final String NEXT_VERSION =
      "update user_heads set version = version + 1 where user_id = $1 returning version";

  static final String LIST =
      """
      select room_id, text, reply_to, at from drafts where user_id = $1 and room_id > $2 order by room_id limit $3
      """;

  /** A bound that is always there lets every page be one range of the index. */
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Postgres postgres;
  private final RoomStore rooms;

  DraftStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  Future<Page<Draft, UUID>> list(Drafts.ListMine q) {
    UUID after = q.after() == null ? BEFORE_ALL : q.after();
    return postgres
        .read(LIST, Tuple.of(q.userId(), after, q.limit() + 1))
        .map(rows -> Page.of(Rows.list(rows, DraftStore::draft), q.limit(), Draft::roomId));
  }

  /** Keeps it; the same words once more change nothing. */
  Future<Outcome<Draft>> put(Drafts.Put q) {
    UUID me = q.actor().userId();
    return postgres.write(
        q.actor(),
        connection ->
            look(connection, me, q.roomId())
                .compose(
                    now ->
                        q.text().equals(now.getString("text"))
                                && Objects.equals(q.replyTo(), now.getLong("reply_to"))
                            ? Future.succeededFuture(Outcome.silent(draft(now)))
                            : keep(connection, q)));
  }

  private static Future<Outcome<Draft>> keep(SqlConnection connection, Drafts.Put q) {
    UUID me = q.actor().userId();
    Tuple row = Tuple.of(me, q.roomId(), q.text()).addLong(q.replyTo());
    return run(connection, PUT, row)
        .map(rows -> draft(Rows.first(rows)))
        .compose(draft -> told(connection, me, q.roomId(), draft));
  }

  /** Forgets it; once more changes nothing. */
  Future<Outcome<Void>> remove(Drafts.Remove q) {
    UUID me = q.actor().userId();
    return postgres.write(
        q.actor(),
        connection ->
            look(connection, me, q.roomId())
                .compose(now -> run(connection, DELETE, Tuple.of(me, q.roomId())))
                .compose(
                    gone ->
                        gone.rowCount() == 0
                            ? Future.succeededFuture(Outcome.silent(null))
                            : told(connection, me, q.roomId(), null)
                                .map(told -> new Outcome<>(null, List.of(), told.notices()))));
  }

  /** The author's head is held and the room is theirs; what there is of a draft. */
  private Future<Row> look(SqlConnection connection, UUID me, UUID roomId) {
    return run(connection, LOCK, Tuple.of(me))
        .compose(locked -> run(connection, LOOK, Tuple.of(me, roomId)))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(roomId)
                    : Future.succeededFuture(Rows.first(rows)));
  }

  private static Future<Outcome<Draft>> told(
      SqlConnection connection, UUID me, UUID roomId, Draft draft) {
    return run(connection, NEXT_VERSION, Tuple.of(me))
        .map(rows -> Rows.first(rows).getLong("version"))
        .map(version -> new UserEvent.DraftChanged(version, roomId, draft))
        .map(event -> new Outcome<>(draft, List.of(), List.of(UserNotice.of(me, event))));
  }

  private static Draft draft(Row row) {
    return new Draft(
        row.getUUID("room_id"),
        row.getString("text"),
        row.getLong("reply_to"),
        Rows.instant(row, "at"));
  }

  private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple arguments) {
    return connection.preparedQuery(sql).execute(arguments);
  }
}
