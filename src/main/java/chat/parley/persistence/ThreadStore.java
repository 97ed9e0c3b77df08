package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.History;
import chat.parley.model.Messages;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * What was said in the thread of one message: a page is one range of an index that has nothing but
 * threads, O(log n + k) at any depth.
 */
final class ThreadStore {
  /** The thread is ordered by too, though it is one: no other index has that order. */
  private static final String PAGE =
      "select h.version as head_version, h.last_seq, root.seq as root_seq,"
          + MessageRow.COLUMNS
          + ","
          + ReactionRow.MINE
          + """
      from members reader
      join room_heads h on h.room_id = reader.room_id
      left join messages root on root.room_key = h.room_key and root.seq = $3 and root.seq >= reader.from_seq
      """;

  static final String BEFORE =
      PAGE
          + """
      left join lateral (
        select * from messages
        where room_key = root.room_key and thread_of = $3 and seq < $4
        order by thread_of desc, seq desc limit $5) m on true
      """
          + MessageRow.PEOPLE
          + """
      where reader.room_id = $2 and reader.user_id = $1
      order by m.seq desc
      """;

  static final String AFTER =
      PAGE
          + """
      left join lateral (
        select * from messages
        where room_key = root.room_key and thread_of = $3 and seq > $4
        order by thread_of, seq limit $5) m on true
      """
          + MessageRow.PEOPLE
          + """
      where reader.room_id = $2 and reader.user_id = $1
      order by m.seq
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  ThreadStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** A page, like one of the room's own history; NOT_FOUND when the reader sees no such message. */
  Future<History> page(Messages.ReadThread q) {
    Messages.ReadPage page = q.page();
    boolean forward = page.after() != null;
    Long from =
        forward ? page.after() : page.before() == null ? (Long) Long.MAX_VALUE : page.before();
    return postgres
        .read(
            forward ? AFTER : BEFORE,
            Tuple.of(page.readerId(), page.roomId(), q.seq(), from, page.limit() + 1))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(page.roomId())
                    : Future.succeededFuture(history(Rows.list(rows, row -> row), page, forward)));
  }

  private static History history(List<Row> rows, Messages.ReadPage page, boolean forward) {
    if (rows.get(0).getLong("root_seq") == null) {
      throw Problem.NOT_FOUND.failure();
    }
    return MessageStore.history(rows, page, forward);
  }
}
