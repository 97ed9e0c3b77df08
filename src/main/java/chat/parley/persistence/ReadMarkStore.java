package chat.parley.persistence;

import chat.parley.model.Page;
import chat.parley.model.ReadMark;
import chat.parley.model.ReadMarks;
import chat.parley.model.Rooms;
import chat.parley.model.Seen;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How far everyone has read: one row a member, which only rises and never passes the last message.
 */
final class ReadMarkStore {
  /**
   * Who reads in a larger room is not told to everybody in it: they would be n² events a message.
   */
  private static final int SMALL = 100;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** The mark's row first, then the person's head: the order of everybody who takes both. */
  static final String MARK_READ =
      """
      with place as materialized (
        select r.read_seq, coalesce(r.unread, false) as unread, h.last_seq, h.version, h.member_count,
          greatest(r.read_seq, least($3::bigint, h.last_seq)) as goal
        from read_marks r join room_heads h using (room_id)
        where r.room_id = $2 and r.user_id = $1 for no key update of r),
      bumped as (
        update user_heads set version = version + 1
        where user_id = $1 and exists (select from place where goal > read_seq or unread) returning version),
      marked as (
        update read_marks r set read_seq = place.goal, unread = null, user_version = bumped.version
        from place, bumped where r.room_id = $2 and r.user_id = $1)
      select goal as read_seq, goal > read_seq as risen, last_seq, version as room_version, member_count,
        (select version from bumped) as user_version
      from place
      """;

  /**
   * A page of marks, and a row without one when there is none, as long as the reader is in the
   * room.
   */
  static final String LIST =
      """
      select r.user_id, r.read_seq
      from members me
      left join lateral (
        select user_id, read_seq from read_marks where room_id = me.room_id and user_id > $3
        order by user_id limit $4) r on true
      where me.room_id = $2 and me.user_id = $1
      order by r.user_id
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
    boolean told = row.getBoolean("risen") && row.getInteger("member_count") <= SMALL;
    return new Outcome<>(
        new ReadMark(readSeq, row.getLong("last_seq") - readSeq),
        told ? List.of(new Seen(q.roomId(), row.getLong("room_version"), me, readSeq)) : List.of(),
        userVersion == null
            ? List.of()
            : List.of(UserNotice.of(me, new UserEvent.Read(userVersion, q.roomId(), readSeq))));
  }

  /** How far members have read, in the order of their ids; NOT_FOUND to those who are not one. */
  Future<Page<ReadMarks.One, UUID>> list(ReadMarks.Of q) {
    UUID after = q.after() == null ? BEFORE_ALL : q.after();
    return postgres
        .read(LIST, Tuple.of(q.readerId(), q.roomId(), after, q.limit() + 1))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(
                        Page.of(marks(rows), q.limit(), ReadMarks.One::userId)));
  }

  private static List<ReadMarks.One> marks(RowSet<Row> rows) {
    List<ReadMarks.One> marks = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (row.getUUID("user_id") != null) {
        marks.add(new ReadMarks.One(row.getUUID("user_id"), row.getLong("read_seq")));
      }
    }
    return marks;
  }
}
