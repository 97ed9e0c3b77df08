package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Message;
import chat.parley.model.UserNotice;
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
 * checks membership and right, numbers and inserts, and counts in threads. A room locked by
 * somebody else is left out. Cost: O(rows · log n), one fsync a batch.
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
   * nobody else's key lock can stand there in its place. Single values are selected where they are
   * needed, and not joined: most messages pay for none of them.
   *
   * <p>A thread's first message counts in the commit of its replies, once for all that are new,
   * with a version after theirs. Only what is new counts, so however often a batch is run again,
   * whole or in parts, the number stays exact. It never goes down: a deleted reply is still there,
   * as a tombstone.
   *
   * <p>A file that is about to be collected, see {@link MediaRounds}, is as good as gone.
   */
  static final String INSERT =
      """
      with moment as materialized (
        select date_trunc('milliseconds', clock_timestamp()) as now, pg_current_xact_id()::xid as me),
      found as materialized (
        select i.ord, i.room_id, i.sender_id, i.client_id, i.digest, i.forwarded_room, i.forwarded_seq,
          h.room_key, h.last_seq, h.version as head_version,
          m.seq as known_seq, m.version as known_version, m.digest as known_digest,
          case when m.seq is null then i.body else m.body end as body,
          coalesce(m.sent_at, greatest(moment.now, h.last_sent_at)) as sent_at,
          case when m.seq is null then i.reply_to else m.reply_to end as reply_to,
          case when m.seq is null then i.thread_of else m.thread_of end as thread_of,
          case when m.seq is null then i.forwarded_sender else m.forwarded_sender end as forwarded_sender,
          case when m.seq is null then i.forwarded_at else m.forwarded_at end as forwarded_at,
          m.edited_at, m.deleted_at, m.thread_replies, m.thread_last, m.mentions, m.mentions_room, m.pinned_at, m.reactions,
          m.preview, i.carried,
          case
            when m.seq is not null then m.attachments
            when i.carried is not null then (
              select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.bytes,
                'width', f.width, 'height', f.height, 'thumbnail', case when f.thumbnail is not null then true end,
                'voice', case when f.voice then true end)) order by c.n)
              from unnest(i.carried::uuid[]) with ordinality c(id, n) join media f on f.id = c.id)
          end as attachments,
          case
            when m.seq is not null then 'known'
            when r.kind is null then 'absent'
            when h.xmax is distinct from moment.me then 'busy'
            when b.user_id is null then case r.kind when 'public' then 'outside' else 'absent' end
            when r.archived_at is not null then 'archived'
            when r.posting = 'moderators' and b.role = 'member' then 'unheard'
            when r.kind = 'direct' and coalesce(
              (select true from blocks where user_id = r.direct_low and blocked_id = r.direct_high),
              (select true from blocks where user_id = r.direct_high and blocked_id = r.direct_low)) then 'blocked'
            when i.reply_to not between greatest(b.from_seq, 1) and h.last_seq then 'reply_to'
            when i.thread_of is not null and (
              select t.seq >= b.from_seq and t.thread_of is null and t.deleted_at is null
              from messages t where t.room_key = h.room_key and t.seq = i.thread_of) is not true then 'thread_of'
            when i.carried is null then 'fresh'
            else coalesce((
              select 'attachment ' || min(c.n) - 1 from unnest(i.carried::uuid[]) with ordinality c(id, n)
              where not exists (
                select from media f where f.id = c.id
                  and (f.unused_since is null or f.unused_since > now() - interval '23 hours')
                  and (i.forwarded_room is not null or f.owner_id = i.sender_id
                    and (f.sent_at is null or exists (select from attachments a where a.media_id = f.id))))), 'fresh')
          end as verdict
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[],
              $9::uuid[], $10::bigint[], $11::uuid[], $12::timestamptz[], $13::text[])
            as i(ord, room_id, sender_id, client_id, body, digest, reply_to, thread_of,
              forwarded_room, forwarded_seq, forwarded_sender, forwarded_at, carried)
          cross join moment
          left join room_heads h on h.room_id = i.room_id
          left join rooms r on r.id = i.room_id and r.deleted_at is null
          left join members b on b.room_id = i.room_id and b.user_id = i.sender_id
          left join messages m
            on m.client_id = i.client_id and m.sender_id = i.sender_id and m.room_key + 0 = h.room_key),
      judged as (
        select *, verdict = 'fresh' as fresh from found),
      numbered as materialized (
        select *, row_number() over (partition by room_id, fresh order by ord) as n,
          count(*) over (partition by room_id, fresh) as of_room
        from judged),
      stored as (
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at, reply_to, thread_of,
          forwarded_room, forwarded_seq, forwarded_sender, forwarded_at, attachments)
        select room_key, last_seq + n, head_version + n, client_id, sender_id, body, digest, sent_at, reply_to, thread_of,
          forwarded_room, forwarded_seq, forwarded_sender, forwarded_at, attachments
        from numbered where fresh),
      threads as materialized (
        select room_key, thread_of, count(*) as replies, max(last_seq + n) as last,
          min(head_version + of_room) + row_number() over (partition by room_key order by thread_of) as version
        from numbered where fresh and thread_of is not null group by room_key, thread_of),
      grown as (
        update messages m set
          thread_replies = coalesce(m.thread_replies, 0) + t.replies, thread_last = t.last, version = t.version
        from threads t
        where m.room_key = t.room_key and m.seq = t.thread_of),
      counted as (
        update room_heads h set
          last_seq = h.last_seq + top.n, version = h.version + top.n + top.roots, last_sent_at = top.sent_at
        from (
          select room_id, max(n) as n, count(distinct thread_of) as roots, max(sent_at) as sent_at
          from numbered where fresh group by room_id) top
        where h.room_id = top.room_id),
      marked as (
        update read_marks r set read_seq = top.seq
        from (select room_id, sender_id, max(last_seq + n) as seq from numbered where fresh
          group by room_id, sender_id) top
        where r.room_id = top.room_id and r.user_id = top.sender_id and r.read_seq < top.seq)
      select m.ord, m.verdict, m.known_digest,
      """
          + MessageRow.COLUMNS
          + """
      from (
        select *, coalesce(known_seq, last_seq + n) as seq, coalesce(known_version, head_version + n) as version
        from numbered) m
      """
          + MessageRow.PEOPLE
          + " order by m.ord";

  /** The first messages of threads, as this transaction leaves them. */
  static final String ROOTS =
      """
      select t.room_id,
      """
          + MessageRow.COLUMNS
          + """
      from unnest($1::uuid[], $2::bigint[]) as t(room_id, seq)
      join room_heads h on h.room_id = t.room_id
      join messages m on m.room_key = h.room_key and m.seq = t.seq
      """
          + MessageRow.PEOPLE;

  private final Pool pool;

  /**
   * @param pool of connections with pipelining
   */
  Commit(Pool pool) {
    this.pool = pool;
  }

  /**
   * What has been committed.
   *
   * @param roots the first messages of all threads that the batch names, as they are now
   * @param notices what those hear whom the batch calls
   */
  record Done(List<Result> results, List<Message> roots, List<UserNotice> notices) {}

  /**
   * Runs the transaction; completes after the commit.
   *
   * @param waiting whether to wait for rooms locked elsewhere instead of leaving them out
   */
  Future<Done> run(List<Send> sends, boolean waiting) {
    return pool.getConnection()
        .compose(
            connection ->
                pipeline(connection, sends, waiting).onComplete(done -> connection.close()),
            cause -> Future.failedFuture(new Failed(Failed.Kind.NOT_STARTED, cause)));
  }

  private Future<Done> pipeline(SqlConnection connection, List<Send> sends, boolean waiting) {
    Future<?> begun = connection.query("begin").execute();
    Future<?> locked =
        connection.preparedQuery(waiting ? LOCK_WAITING : LOCK_FREE).execute(lockArguments(sends));
    Future<RowSet<Row>> inserted =
        connection.preparedQuery(INSERT).execute(SendArguments.of(sends));
    Future<List<Message>> roots = roots(connection, sends);
    Future<MentionWriter.Called> called = MentionWriter.call(connection, sends);
    Future<?> carried = AttachmentWriter.carry(connection, sends);
    Future<?> committed = connection.query("commit").execute();
    // A statement that failed has turned the commit into a rollback, so the first failure in line
    // is the one that counts.
    return Future.join(List.of(begun, locked, inserted, roots, called, carried, committed))
        .transform(
            done -> {
              for (Future<?> step :
                  List.of(begun, locked, inserted, roots, called, carried, committed)) {
                if (step.failed()) {
                  return Future.failedFuture(Failed.of(step.cause(), step == committed));
                }
              }
              return Future.succeededFuture(
                  new Done(
                      Rows.list(inserted.result(), row -> Result.of(row, sends, called.result())),
                      roots.result(),
                      called.result().notices()));
            });
  }

  /** In the same round trip, and only when there are any. */
  private static Future<List<Message>> roots(SqlConnection connection, List<Send> sends) {
    List<Send> replies = sends.stream().filter(send -> send.context.threadOf() != null).toList();
    if (replies.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    record Root(UUID roomId, long seq) {}
    List<Root> wanted =
        replies.stream()
            .map(send -> new Root(send.key.roomId(), send.context.threadOf()))
            .distinct()
            .toList();
    return connection
        .preparedQuery(ROOTS)
        .execute(
            Tuple.of(
                wanted.stream().map(Root::roomId).toArray(UUID[]::new),
                (Object) wanted.stream().map(Root::seq).toArray(Long[]::new)))
        .map(rows -> Rows.list(rows, row -> MessageRow.read(row, row.getUUID("room_id"))));
  }

  private static Tuple lockArguments(List<Send> sends) {
    return Tuple.of(
        sends.stream().map(send -> send.key.roomId()).distinct().toArray(UUID[]::new),
        "room-writer");
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

    private static Result of(Row row, List<Send> sends, MentionWriter.Called called) {
      Send send = sends.get(row.getInteger("ord"));
      String verdict = row.getString("verdict");
      return switch (verdict) {
        case "fresh" ->
            new Result(
                send, Status.STORED, called.in(row.getInteger("ord"), message(row, send)), null);
        case "known" -> known(row, send);
        case "busy" -> new Result(send, Status.BUSY, null, null);
        default -> refused(send, refusal(verdict));
      };
    }

    private static Result known(Row row, Send send) {
      Long digest = row.getLong("known_digest");
      // A tombstone has lost its digest with its words: any repetition gets the first answer.
      return digest != null && digest != send.digest
          ? refused(send, Problem.ID_REUSED.failure())
          : new Result(send, Status.KNOWN, message(row, send), null);
    }

    private static Message message(Row row, Send send) {
      return MessageRow.read(row, send.key.roomId());
    }

    private static Result refused(Send send, Failure failure) {
      return new Result(send, Status.REFUSED, null, failure);
    }

    private static Failure refusal(String verdict) {
      return switch (verdict) {
        case "outside" -> Problem.FORBIDDEN.because("Join the room first");
        case "archived" -> Problem.FORBIDDEN.because("This room is archived");
        case "unheard" -> Problem.FORBIDDEN.because("Only moderators post in this room");
        case "blocked" ->
            Problem.FORBIDDEN.because("One of you does not want to hear from the other");
        case "reply_to" -> Problem.INVALID.at("/replyTo", "is no message that you see here");
        case "thread_of" ->
            Problem.INVALID.at("/threadOf", "is no message that can have a thread here");
        default ->
            verdict.startsWith("attachment ")
                ? Problem.INVALID.at(
                    "/attachments/" + verdict.substring("attachment ".length()),
                    "is no file of yours that can be sent")
                : Problem.NOT_FOUND.failure();
      };
    }
  }
}
