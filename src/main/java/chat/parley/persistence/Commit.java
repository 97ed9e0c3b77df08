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
      select set_config('parley.actor', '', true), set_config('parley.request', $2, true), count(*)
      from (select room_id from room_heads where room_id = any($1::uuid[]) order by room_id for no key update
      """;

  static final String LOCK_FREE = LOCK_HEAD + " skip locked) held";
  static final String LOCK_WAITING = LOCK_HEAD + ") held";

  /**
   * Every join is a look-up by a key, and every row is looked at once: a join of two of these
   * sub-queries would compare each with each. {@code room_key + 0} keeps the indexes that begin
   * with the room out of the question whether a message is known: in a large room they would be
   * wrong. A row that this transaction has locked carries its id; nothing refers to room_heads, so
   * nobody else's key lock can stand there in its place.
   */
  static final String INSERT =
      """
      with moment as materialized (
        select date_trunc('milliseconds', clock_timestamp()) as now, pg_current_xact_id()::xid as me),
      found as materialized (
        select i.*, h.room_key, h.last_seq, h.version as head_version, greatest(moment.now, h.last_sent_at) as now,
          h.xmax = moment.me as held, b.user_id is not null as member, m.seq, m.version, m.body as known_body,
          m.digest as known_digest, m.sent_at, m.edited_at, m.deleted_at
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[])
            as i(ord, room_id, sender_id, client_id, body, digest)
          cross join moment
          left join room_heads h on h.room_id = i.room_id
          left join members b on b.room_id = i.room_id and b.user_id = i.sender_id
          left join messages m
            on m.client_id = i.client_id and m.sender_id = i.sender_id and m.room_key + 0 = h.room_key),
      judged as (
        select *, coalesce(held and member and seq is null, false) as fresh from found),
      numbered as materialized (
        select *, row_number() over (partition by room_id, fresh order by ord) as n from judged),
      stored as (
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
        select room_key, last_seq + n, head_version + n, client_id, sender_id, body, digest, now
        from numbered where fresh),
      counted as (
        update room_heads h set last_seq = h.last_seq + top.n, version = h.version + top.n, last_sent_at = top.now
        from (select room_id, max(n) as n, max(now) as now from numbered where fresh group by room_id) top
        where h.room_id = top.room_id),
      marked as (
        update read_marks r set read_seq = top.seq
        from (select room_id, sender_id, max(last_seq + n) as seq from numbered where fresh
          group by room_id, sender_id) top
        where r.room_id = top.room_id and r.user_id = top.sender_id and r.read_seq < top.seq)
      select i.ord, r.kind, i.held, i.seq is not null as known, i.fresh, i.known_digest as digest,
        coalesce(i.seq, i.last_seq + i.n) as seq, coalesce(i.version, i.head_version + i.n) as version,
        coalesce(i.sent_at, i.now) as sent_at, i.known_body as body, i.edited_at, i.deleted_at,
        i.client_id, i.sender_id as user_id, u.username, u.display_name, u.avatar_url
      from numbered i
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
          Rows.instant(row, "deleted_at"),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }
}
