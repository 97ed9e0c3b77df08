package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Ids;
import chat.parley.model.Reports;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;

/**
 * Messages that administrators are told of, and what becomes of it. Whoever may see a message may
 * report it; what becomes of it is {@link ReportActs}'. O(log n) each.
 */
final class ReportStore {
  /** Nothing for what its reporter cannot see, for tombstones and for their own words. */
  static final String INSERT =
      """
      insert into reports (id, room_id, seq, author_id, reporter_id, reason, note)
      select $4, me.room_id, m.seq, m.sender_id, me.user_id, $5, $6
      from members me
      join room_heads h on h.room_id = me.room_id
      join messages m on m.room_key = h.room_key and m.seq = $3 and m.seq >= me.from_seq
      where me.room_id = $2 and me.user_id = $1 and m.deleted_at is null and m.sender_id <> me.user_id
      on conflict do nothing
      """;

  static final String MINE =
      """
      select id, reason, note, created_at from reports where reporter_id = $1 and room_id = $2 and seq = $3
      """;

  static final String WHY_NOT =
      """
      select m.seq, m.sender_id, m.deleted_at is not null as deleted
      from members me
      join room_heads h on h.room_id = me.room_id
      left join messages m on m.room_key = h.room_key and m.seq = $3 and m.seq >= me.from_seq
      where me.room_id = $2 and me.user_id = $1
      """;

  private final Postgres postgres;
  private final RoomStore rooms;

  ReportStore(Postgres postgres, RoomStore rooms) {
    this.postgres = postgres;
    this.rooms = rooms;
  }

  /** Fails with NOT_FOUND for what the reporter cannot see, CONFLICT for what is deleted or own. */
  Future<Reports.FiledNow> file(Reports.File q) {
    Tuple place = Tuple.of(q.actor().userId(), q.roomId(), q.seq());
    Tuple row =
        Tuple.of(q.actor().userId(), q.roomId(), q.seq(), Ids.next())
            .addString(Rows.stored(q.wish().reason()))
            .addString(q.wish().note());
    return postgres.write(
        q.actor(),
        connection ->
            run(connection, INSERT, row)
                .compose(
                    inserted ->
                        run(connection, MINE, place)
                            .compose(
                                mine ->
                                    mine.size() > 0
                                        ? Future.succeededFuture(filed(mine, inserted))
                                        : refuse(connection, q, place))));
  }

  private static Reports.FiledNow filed(RowSet<Row> mine, RowSet<Row> inserted) {
    Row row = Rows.first(mine);
    return new Reports.FiledNow(
        new Reports.Filed(
            row.getUUID("id"),
            Reports.Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
            row.getString("note"),
            Rows.instant(row, "created_at")),
        inserted.rowCount() > 0);
  }

  private <T> Future<T> refuse(SqlConnection connection, Reports.File q, Tuple place) {
    return run(connection, WHY_NOT, place)
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return rooms.notMine(q.roomId());
              }
              Row row = Rows.first(rows);
              if (row.getLong("seq") == null) {
                throw Problem.NOT_FOUND.failure();
              }
              throw Problem.CONFLICT.because(
                  row.getBoolean("deleted")
                      ? "This message is deleted"
                      : "These are your own words: delete them");
            });
  }

  private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple arguments) {
    return connection.preparedQuery(sql).execute(arguments);
  }
}
