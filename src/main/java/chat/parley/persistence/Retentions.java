package chat.parley.persistence;

import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Deletes messages that are older than their room keeps them, as their authors would: each leaves a
 * tombstone at a version of its own, so whoever listens or catches up learns of it like of any
 * deletion. A step is one transaction of at most {@link Tombstones#MOST} messages in one room and
 * writes down how far it came; nodes take turns by the row of the room. A room is looked at when
 * its next message is due, at least an hour and at most a day later.
 */
final class Retentions {
  /** Read in one go; of these at most {@link Tombstones#MOST} are deleted in a step. */
  private static final int STRETCH = 1_000;

  private static final long SWEEP_NANOS = 3_600_000_000_000L;

  /** Rooms that nobody has looked after yet, where the server itself has a number of days. */
  static final String SWEEP =
      """
      insert into retentions (room_id)
      select r.id from rooms r
      where r.deleted_at is null and r.retention_days is null
        and current_setting('parley.retention_days', true)::int > 0
        and not exists (select from retentions t where t.room_id = r.id)
      order by r.id limit 1000
      on conflict do nothing
      """;

  static final String OPEN =
      "select room_id from retentions where due_at <= now() order by due_at limit 20";

  static final String LOCK =
      """
      select t.seq, r.deleted_at is not null as ended,
        coalesce(r.retention_days, nullif(current_setting('parley.retention_days', true)::int, 0)) as days
      from retentions t join rooms r on r.id = t.room_id
      where t.room_id = $1 and t.due_at <= now() for update of t
      """;

  /** In a room times never run backwards, so what is old comes first. */
  static final String NEXT =
      """
      select seq, deleted_at is null as there, sent_at < now() - make_interval(hours => 24 * $3::int) as old
      from messages where room_key = $1 and seq > $2 order by seq limit $4
      """;

  private static final String CAME_TO =
      """
      update retentions set seq = $2, due_at = case when $3::boolean then now()
        else greatest(now() + interval '1 hour', least(now() + interval '1 day', (
          select m.sent_at + make_interval(hours => 24 * $5::int) from messages m
          where m.room_key = $4 and m.seq > $2 order by m.seq limit 1))) end
      where room_id = $1
      """;

  private static final String DONE = "delete from retentions where room_id = $1";

  private final Postgres postgres;
  private final Consumer<Outcome<Boolean>> announcer;
  private final Walk<UUID> walk = new Walk<>("Deleting what is old", this::open, this::step);
  private long swept = System.nanoTime() - SWEEP_NANOS;

  Retentions(Postgres postgres, Consumer<Outcome<Boolean>> announcer) {
    this.postgres = postgres;
    this.announcer = announcer;
  }

  /** Goes on until there is nothing left to do here. */
  void goOn() {
    walk.goOn();
  }

  private Future<List<UUID>> open() {
    return sweep()
        .compose(swept -> postgres.read(OPEN, Tuple.tuple()))
        .map(rows -> Rows.list(rows, row -> row.getUUID("room_id")));
  }

  /** Once an hour; a thousand rooms at a time. */
  private Future<Void> sweep() {
    if (System.nanoTime() - swept < SWEEP_NANOS) {
      return Future.succeededFuture();
    }
    return postgres
        .read(SWEEP, Tuple.tuple())
        .map(
            rows -> {
              if (rows.rowCount() == 0) {
                swept = System.nanoTime();
              }
              return null;
            });
  }

  /** False when another node has done it; the room's lock first, as everywhere. */
  private Future<Boolean> step(UUID roomId) {
    return postgres
        .<Outcome<Boolean>>write(
            new Actor(null, "retention"),
            connection -> RoomChange.within(connection, null, roomId, change -> look(change)))
        .onSuccess(announcer::accept)
        .map(Outcome::answer);
  }

  private static Future<Boolean> look(RoomChange change) {
    return run(change, LOCK, Tuple.of(change.roomId))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(false)
                    : step(change, Rows.first(rows)).map(true));
  }

  private static Future<Void> step(RoomChange change, Row row) {
    Integer days = row.getInteger("days");
    if (days == null || row.getBoolean("ended")) {
      return run(change, DONE, Tuple.of(change.roomId)).mapEmpty();
    }
    long after = row.getLong("seq");
    return run(change, NEXT, Tuple.of(change.roomKey, after, days, STRETCH))
        .map(rows -> Stretch.of(rows, after))
        .compose(
            stretch ->
                bury(change, stretch.seqs)
                    .compose(
                        gone ->
                            run(
                                change,
                                CAME_TO,
                                Tuple.of(change.roomId, stretch.upTo, stretch.more)
                                    .addLong(change.roomKey)
                                    .addInteger(days))))
        .mapEmpty();
  }

  private static Future<?> bury(RoomChange change, List<Long> seqs) {
    return seqs.isEmpty()
        ? Future.succeededFuture()
        : Tombstones.bury(change, seqs.toArray(Long[]::new));
  }

  /**
   * What is to go.
   *
   * @param upTo all up to here is gone then
   * @param more whether there may be more that is old
   */
  private record Stretch(List<Long> seqs, long upTo, boolean more) {
    static Stretch of(RowSet<Row> rows, long after) {
      List<Row> old =
          Rows.list(rows, row -> row).stream().takeWhile(row -> row.getBoolean("old")).toList();
      List<Long> there =
          old.stream()
              .filter(row -> row.getBoolean("there"))
              .map(row -> row.getLong("seq"))
              .limit(Tombstones.MOST)
              .toList();
      long last = old.isEmpty() ? after : old.get(old.size() - 1).getLong("seq");
      boolean full = there.size() == Tombstones.MOST;
      return new Stretch(
          there, full ? there.get(there.size() - 1) : last, full || old.size() == STRETCH);
    }
  }

  private static Future<RowSet<Row>> run(RoomChange change, String sql, Tuple arguments) {
    return change.connection.preparedQuery(sql).execute(arguments);
  }
}
