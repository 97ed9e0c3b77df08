package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Head;
import chat.parley.model.History;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** History: a page is one range of the primary key, O(log n + k) at any depth, for members only. */
final class MessageStore {
  private static final String COLUMNS =
      """
      select h.version as head_version, h.last_seq, m.seq, m.version, m.client_id, m.body, m.sent_at, m.edited_at, m.deleted_at,
        m.sender_id as user_id, u.username, u.display_name, u.avatar_url
      from members me
      join room_heads h on h.room_id = me.room_id
      """;

  static final String BEFORE =
      COLUMNS
          + """
      left join lateral (
        select * from messages where room_key = h.room_key and seq < $3 order by seq desc limit $4) m on true
      left join users u on u.id = m.sender_id
      where me.room_id = $2 and me.user_id = $1
      order by m.seq desc
      """;

  static final String AFTER =
      COLUMNS
          + """
      left join lateral (
        select * from messages where room_key = h.room_key and seq > $3 order by seq limit $4) m on true
      left join users u on u.id = m.sender_id
      where me.room_id = $2 and me.user_id = $1
      order by m.seq
      """;

  static final String ONE =
      COLUMNS
          + """
      left join messages m on m.room_key = h.room_key and m.seq = $3
      left join users u on u.id = m.sender_id
      where me.room_id = $2 and me.user_id = $1
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  MessageStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** A page before or after a seq, the newest when neither is given; items ascend. */
  Future<History> page(Messages.ReadPage q) {
    boolean forward = q.after() != null;
    long from = forward ? q.after() : q.before() == null ? Long.MAX_VALUE : q.before();
    Tuple arguments = Tuple.of(q.readerId(), q.roomId(), from, q.limit() + 1);
    return postgres
        .read(forward ? AFTER : BEFORE, arguments)
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(history(rows, q, forward)));
  }

  private static History history(RowSet<Row> rows, Messages.ReadPage q, boolean forward) {
    List<Message> items = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (row.getLong("seq") != null) {
        items.add(Rows.message(row, q.roomId()));
      }
    }
    boolean more = items.size() > q.limit();
    if (more) {
      items.remove(items.size() - 1);
    }
    Long next = more ? (Long) items.get(items.size() - 1).seq() : null;
    if (!forward) {
      Collections.reverse(items);
    }
    Row row = Rows.first(rows);
    return new History(items, next, new Head(row.getLong("head_version"), row.getLong("last_seq")));
  }

  /** One message; NOT_FOUND when the room is not the reader's or has no such seq. */
  Future<Message> get(Messages.Get q) {
    return postgres
        .read(ONE, Tuple.of(q.readerId(), q.roomId(), q.seq()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return rooms.notMine(q.roomId());
              }
              Row row = Rows.first(rows);
              return row.getLong("seq") == null
                  ? Future.failedFuture(Problem.NOT_FOUND.failure())
                  : Future.succeededFuture(Rows.message(row, q.roomId()));
            });
  }
}
