package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Message;
import chat.parley.model.RoomKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * The writer's transaction: a batch of messages for any number of rooms, sent to the database in
 * one round trip. The first statement locks the heads of the rooms; the second, whose snapshot is
 * therefore younger than any commit that held such a lock, finds messages that are there already,
 * checks membership, numbers and inserts. A room locked by somebody else is left out. Cost: O(rows
 * · log n), one fsync a batch.
 */
final class Commit {
  private static final String LOCK_HEAD =
      """
      select set_config('parley.actor', '', true), set_config('parley.request', $2, true),
        set_config('parley.rooms', coalesce(string_agg(room_id::text, ','), ''), true)
      from (select room_id from room_heads where room_id = any($1::uuid[]) order by room_id for no key update
      """;

  static final String LOCK_FREE = LOCK_HEAD + " skip locked) held";
  static final String LOCK_WAITING = LOCK_HEAD + ") held";

  static final String INSERT =
      """
      with input as (
        select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[])
          as i(ord, room_id, sender_id, client_id, body, digest)),
      moment as materialized (
        select date_trunc('milliseconds', clock_timestamp()) as now),
      room as materialized (
        select h.room_id, h.room_key, h.last_seq, h.version, greatest(moment.now, h.last_sent_at) as sent_at,
          h.room_id::text = any(string_to_array(current_setting('parley.rooms'), ',')) as held
        from room_heads h, moment where h.room_id = any($2)),
      known as materialized (
        select i.ord, m.seq, m.version, m.body, m.digest, m.sent_at, m.edited_at, m.deleted_at
        from input i join room using (room_id)
        join messages m on m.room_key = room.room_key and m.sender_id = i.sender_id and m.client_id = i.client_id),
      fresh as materialized (
        select i.ord, i.room_id, room.room_key, i.sender_id, i.client_id, i.body, i.digest, room.sent_at,
          room.last_seq + row_number() over same_room as seq, room.version + row_number() over same_room as version
        from input i
        join room on room.room_id = i.room_id and room.held
        join members b on b.room_id = i.room_id and b.user_id = i.sender_id
        where not exists (select from known where known.ord = i.ord)
        window same_room as (partition by i.room_id order by i.ord)),
      stored as (
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
        select room_key, seq, version, client_id, sender_id, body, digest, sent_at from fresh),
      counted as (
        update room_heads h set last_seq = top.seq, version = top.version, last_sent_at = top.sent_at
        from (select room_id, max(seq) as seq, max(version) as version, max(sent_at) as sent_at
          from fresh group by room_id) top
        where h.room_id = top.room_id),
      marked as (
        update read_marks r set read_seq = top.seq
        from (select room_id, sender_id, max(seq) as seq from fresh group by room_id, sender_id) top
        where r.room_id = top.room_id and r.user_id = top.sender_id and r.read_seq < top.seq)
      select i.ord, r.kind, room.held, known.ord is not null as known, fresh.ord is not null as fresh, known.digest,
        coalesce(known.seq, fresh.seq) as seq, coalesce(known.version, fresh.version) as version,
        coalesce(known.sent_at, fresh.sent_at) as sent_at, known.body, known.edited_at, known.deleted_at,
        i.client_id, i.sender_id as user_id, u.username, u.display_name, u.avatar_url
      from input i
      left join room on room.room_id = i.room_id
      left join known on known.ord = i.ord
      left join fresh on fresh.ord = i.ord
      left join rooms r on r.id = i.room_id and r.deleted_at is null
      left join users u on u.id = i.sender_id
      order by i.ord
      """;

  private final Pool pool;

  /**
   * @param pool of connections with pipelining
   */
  Commit(Pool pool) {
    this.pool = pool;
  }

  /**
   * Runs the transaction; completes after the commit.
   *
   * @param waiting whether to wait for rooms locked elsewhere instead of leaving them out
   */
  Future<List<Result>> run(List<Send> sends, boolean waiting) {
    return pool.getConnection()
        .compose(
            connection ->
                pipeline(connection, sends, waiting).onComplete(done -> connection.close()),
            cause -> Future.failedFuture(new Failed(Failed.Kind.NOT_STARTED, cause)));
  }

  private Future<List<Result>> pipeline(
      SqlConnection connection, List<Send> sends, boolean waiting) {
    Future<?> begun = connection.query("begin").execute();
    Future<?> locked =
        connection.preparedQuery(waiting ? LOCK_WAITING : LOCK_FREE).execute(lockArguments(sends));
    Future<RowSet<Row>> inserted = connection.preparedQuery(INSERT).execute(insertArguments(sends));
    Future<?> committed = connection.query("commit").execute();
    // A statement that failed has turned the commit into a rollback, so the first failure in line
    // is the one that counts.
    return Future.join(begun, locked, inserted, committed)
        .transform(
            done -> {
              for (Future<?> step : List.of(begun, locked, inserted, committed)) {
                if (step.failed()) {
                  return Future.failedFuture(Failed.of(step.cause(), step == committed));
                }
              }
              return Future.succeededFuture(
                  Rows.list(inserted.result(), row -> Result.of(row, sends)));
            });
  }

  private static Tuple lockArguments(List<Send> sends) {
    return Tuple.of(
        sends.stream().map(send -> send.key.roomId()).distinct().toArray(UUID[]::new),
        "room-writer");
  }

  private static Tuple insertArguments(List<Send> sends) {
    int n = sends.size();
    Integer[] order = new Integer[n];
    UUID[] rooms = new UUID[n];
    UUID[] senders = new UUID[n];
    UUID[] clientIds = new UUID[n];
    String[] texts = new String[n];
    Long[] digests = new Long[n];
    for (int i = 0; i < n; i++) {
      Send send = sends.get(i);
      order[i] = i;
      rooms[i] = send.key.roomId();
      senders[i] = send.key.senderId();
      clientIds[i] = send.key.clientId();
      texts[i] = send.text;
      digests[i] = send.digest;
    }
    return Tuple.of(order, rooms, senders, clientIds, texts).addValue(digests);
  }

  /** What became of one send of the batch. */
  record Result(Send send, Status status, Message message, Failure refusal) {
    /**
     * STORED now; KNOWN from before; REFUSED by a rule; BUSY: its room was locked elsewhere,
     * nothing happened.
     */
    enum Status {
      STORED,
      KNOWN,
      REFUSED,
      BUSY
    }

    private static Result of(Row row, List<Send> sends) {
      Send send = sends.get(row.getInteger("ord"));
      if (row.getBoolean("known")) {
        return known(row, send);
      }
      if (row.getBoolean("fresh")) {
        return new Result(send, Status.STORED, message(row, send, send.text), null);
      }
      if (row.getString("kind") == null) {
        return refused(send, Problem.NOT_FOUND.failure());
      }
      if (!row.getBoolean("held")) {
        return new Result(send, Status.BUSY, null, null);
      }
      boolean isPublic = Rows.kind(row.getString("kind")) == RoomKind.PUBLIC;
      return refused(
          send,
          isPublic
              ? Problem.FORBIDDEN.because("Join the room first")
              : Problem.NOT_FOUND.failure());
    }

    private static Result known(Row row, Send send) {
      Long digest = row.getLong("digest");
      // A tombstone has lost its digest with its words: any repetition gets the first answer.
      return digest != null && digest != send.digest
          ? refused(send, Problem.ID_REUSED.failure())
          : new Result(send, Status.KNOWN, message(row, send, row.getString("body")), null);
    }

    private static Result refused(Send send, Failure failure) {
      return new Result(send, Status.REFUSED, null, failure);
    }

    private static Message message(Row row, Send send, String text) {
      return new Message(
          send.key.roomId(),
          row.getLong("seq"),
          row.getLong("version"),
          send.key.clientId(),
          Rows.person(row),
          text,
          Rows.instant(row, "sent_at"),
          Rows.instant(row, "edited_at"),
          Rows.instant(row, "deleted_at"));
    }
  }
}
