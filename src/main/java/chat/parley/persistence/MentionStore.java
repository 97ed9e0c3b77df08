package chat.parley.persistence;

import chat.parley.model.Mentions;
import chat.parley.model.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The inbox of mentions: a page is a range of one's own mentions in time, merged with what called
 * everybody in each of one's rooms. O(rooms · log n + k).
 */
final class MentionStore {
  /**
   * So many mentions are looked at for a page. Those from rooms that the reader has left since are
   * passed over, and who was called often there gets a short page that says where to go on.
   */
  private static final int WINDOW = 1_000;

  /** {@code edge}: nothing is known of what is older, so nothing older belongs to this page. */
  static final String PAGE =
      """
      with named as materialized (
        select at, room_key, seq from mentions
        where user_id = $1 and (at, room_key, seq) < ($2::timestamptz, $3::bigint, $4::bigint)
        order by at desc, room_key desc, seq desc limit $6),
      edge as materialized (
        select at, room_key, seq from named order by at desc, room_key desc, seq desc offset $6 - 1),
      found as materialized (
        select distinct on (called.at, called.room_key, called.seq) called.*, h.room_id
        from (
          select * from named
          union all
          select m.sent_at, m.room_key, m.seq
          from members p join room_heads head on head.room_id = p.room_id
          cross join lateral (
            select sent_at, room_key, seq from messages
            where room_key = head.room_key and mentions_room and sent_at <= $2 and sender_id <> $1
              and (sent_at, room_key, seq) < ($2::timestamptz, $3::bigint, $4::bigint)
              and not exists (select from blocks where user_id = $1 and blocked_id = sender_id)
            order by sent_at desc, seq desc limit $5) m
          where p.user_id = $1) called
        join room_heads h on h.room_key = called.room_key
        join members place on place.room_id = h.room_id and place.user_id = $1 and place.from_seq <= called.seq
        where not exists (select from edge where (edge.at, edge.room_key, edge.seq) > (called.at, called.room_key, called.seq))
        order by called.at desc, called.room_key desc, called.seq desc limit $5)
      select found.room_id, found.room_key, found.at, edge.at as edge_at, edge.room_key as edge_key, edge.seq as edge_seq,
      """
          + MessageRow.COLUMNS
          + """
      from (values (1)) one(row)
      left join edge on true
      left join found on true
      left join messages m on m.room_key = found.room_key and m.seq = found.seq
      """
          + MessageRow.PEOPLE
          + " order by found.at desc, found.room_key desc, found.seq desc";

  private final Postgres postgres;

  MentionStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** What calls the reader in rooms they are in, newest first. */
  Future<Page<Mentions.Item, String>> inbox(Mentions.Inbox q) {
    TimeCursor before = TimeCursor.read(q.before());
    Tuple arguments =
        Tuple.of(q.readerId(), before.at().atOffset(ZoneOffset.UTC), before.roomKey(), before.seq())
            .addInteger(q.limit() + 1)
            .addInteger(Math.max(WINDOW, q.limit() + 1));
    return postgres.read(PAGE, arguments).map(rows -> page(rows, q.limit()));
  }

  private static Page<Mentions.Item, String> page(RowSet<Row> rows, int limit) {
    List<Row> found = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (row.getUUID("room_id") != null) {
        found.add(row);
      }
    }
    Page<Row, String> page = Page.of(found, limit, row -> cursor(row, "at", "room_key", "seq"));
    String next = page.next() == null ? edge(Rows.first(rows)) : page.next();
    return new Page<>(page.items().stream().map(MentionStore::item).toList(), next);
  }

  private static String edge(Row row) {
    return row.getLong("edge_seq") == null ? null : cursor(row, "edge_at", "edge_key", "edge_seq");
  }

  private static Mentions.Item item(Row row) {
    return new Mentions.Item(row.getUUID("room_id"), MessageRow.read(row, row.getUUID("room_id")));
  }

  private static String cursor(Row row, String at, String roomKey, String seq) {
    return new TimeCursor(Rows.instant(row, at), row.getLong(roomKey), row.getLong(seq)).write();
  }
}
