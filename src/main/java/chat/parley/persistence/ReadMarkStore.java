package chat.parley.persistence;

import chat.parley.model.ReadMark;
import chat.parley.model.Rooms;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * How far everyone has read: one row a member, which only rises and never passes the last message.
 */
final class ReadMarkStore {
  static final String MARK_READ =
      """
      with place as (
        select r.read_seq, h.last_seq, greatest(r.read_seq, least($3::bigint, h.last_seq)) as goal
        from read_marks r join room_heads h using (room_id) where r.room_id = $2 and r.user_id = $1),
      bumped as (
        update user_heads set version = version + 1
        where user_id = $1 and exists (select from place where goal > read_seq) returning version),
      marked as (
        update read_marks r set read_seq = greatest(r.read_seq, place.goal), user_version = bumped.version
        from place, bumped where r.room_id = $2 and r.user_id = $1 returning r.read_seq)
      select coalesce((select read_seq from marked), place.goal) as read_seq, place.last_seq,
        (select version from bumped) as user_version
      from place
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  ReadMarkStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** Raises the read mark; O(log n), and no room is locked. */
  Future<Outcome<ReadMark>> markRead(Rooms.MarkRead q) {
    UUID me = q.actor().userId();
    return postgres
        .<RowSet<Row>>write(
            q.actor(),
            connection ->
                connection.preparedQuery(MARK_READ).execute(Tuple.of(me, q.roomId(), q.seq())))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(marked(q, rows)));
  }

  private static Outcome<ReadMark> marked(Rooms.MarkRead q, RowSet<Row> rows) {
    Row row = Rows.first(rows);
    long readSeq = row.getLong("read_seq");
    Long userVersion = row.getLong("user_version");
    UUID me = q.actor().userId();
    List<UserNotice> notices =
        userVersion == null
            ? List.of()
            : List.of(UserNotice.of(me, new UserEvent.Read(userVersion, q.roomId(), readSeq)));
    return new Outcome<>(
        new ReadMark(readSeq, row.getLong("last_seq") - readSeq), List.of(), notices);
  }
}
