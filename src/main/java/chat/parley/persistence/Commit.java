package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
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
   * needed, and not joined: most messages pay for none of them. What a new message says its sender
   * has brought, so only what the room has given it is answered.
   *
   * <p>A thread's first message counts in the commit of its replies, once for all that are new,
   * with a version after theirs. Only what is new counts, so however often a batch is run again,
   * whole or in parts, the number stays exact. It never goes down: a deleted reply is still there,
   * as a tombstone.
   *
   * <p>What the word filter refuses comes without a body, and after all who may not speak at all;
   * sent again, it may be there from before the word was on the list.
   *
   * <p>A file that is about to be collected, see {@link MediaRounds}, is as good as gone.
   */
  private static final String MARKED =
      """
      with moment as materialized (
        select date_trunc('milliseconds', clock_timestamp()) as now, pg_current_xact_id()::xid as me),
      found as materialized (
        select i.*, h.room_key, h.last_seq, h.version, greatest(moment.now, h.last_sent_at) as sent_at,
          case
            when m.digest <> i.digest then 'reused'
            when m.seq is not null then 'known'
            when r.kind is null then 'absent'
            when h.xmax is distinct from moment.me then 'busy'
            when b.user_id is null then case r.kind when 'public' then 'outside' else 'absent' end
            when r.archived_at is not null then 'archived'
            when r.posting = 'moderators' and b.role = 'member' then 'unheard'
            when r.kind = 'direct' and coalesce(
              (select true from blocks where user_id = r.direct_low and blocked_id = r.direct_high),
              (select true from blocks where user_id = r.direct_high and blocked_id = r.direct_low)) then 'blocked'
            when i.body is null then 'worded'
            when i.reply_to not between greatest(b.from_seq, 1) and h.last_seq then 'reply_to' -- context
            when i.thread_of is not null and ( -- context
              select t.seq >= b.from_seq and t.thread_of is null and t.deleted_at is null -- context
              from messages t where t.room_key = h.room_key and t.seq = i.thread_of) is not true then 'thread_of' -- context
            when i.carried is not null then ( -- context
              select 'attachment ' || min(c.n) - 1 from unnest(i.carried::uuid[]) with ordinality c(id, n) -- context
              where not exists ( -- context
                select from media f where f.id = c.id -- context
                  and (f.unused_since is null or f.unused_since > now() - interval '23 hours') -- context
                  and (i.forwarded_room is not null or f.owner_id = i.sender_id -- context
                    and (f.sent_at is null or exists (select from attachments a where a.media_id = f.id))))) -- context
          end as obstacle
          , case when i.carried is not null then ( -- context
            select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.bytes, -- context
              'width', f.width, 'height', f.height, 'thumbnail', case when f.thumbnail is not null then true end, -- context
              'voice', case when f.voice then true end)) order by c.n) -- context
            from unnest(i.carried::uuid[]) with ordinality c(id, n) join media f on f.id = c.id) end as attachments -- context
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[]
              , $7::bigint[], $8::bigint[], $9::uuid[], $10::bigint[], $11::uuid[], $12::timestamptz[], $13::text[] -- context
            ) as i(ord, room_id, sender_id, client_id, body, digest
              , reply_to, thread_of, forwarded_room, forwarded_seq, forwarded_sender, forwarded_at, carried -- context
            )
          cross join moment
          left join room_heads h on h.room_id = i.room_id
          left join rooms r on r.id = i.room_id and r.deleted_at is null
          left join members b on b.room_id = i.room_id and b.user_id = i.sender_id
          left join messages m
            on m.client_id = i.client_id and m.sender_id = i.sender_id and m.room_key + 0 = h.room_key),
      numbered as materialized (
        select *, row_number() over (partition by room_id, obstacle is null order by ord) as n
          , count(*) over (partition by room_id, obstacle is null) as of_room -- context
        from found),
      stored as (
        insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at
          , reply_to, thread_of, forwarded_room, forwarded_seq, forwarded_sender, forwarded_at, attachments -- context
        )
        select room_key, last_seq + n, version + n, client_id, sender_id, body, digest, sent_at
          , reply_to, thread_of, forwarded_room, forwarded_seq, forwarded_sender, forwarded_at, attachments -- context
        from numbered where obstacle is null),
      threads as materialized ( -- context
        select room_key, thread_of, count(*) as replies, max(last_seq + n) as last, -- context
          min(version + of_room) + row_number() over (partition by room_key order by thread_of) as version -- context
        from numbered where obstacle is null and thread_of is not null group by room_key, thread_of), -- context
      grown as ( -- context
        update messages m set -- context
          thread_replies = coalesce(m.thread_replies, 0) + t.replies, thread_last = t.last, version = t.version -- context
        from threads t -- context
        where m.room_key = t.room_key and m.seq = t.thread_of), -- context
      counted as (
        update room_heads h set last_seq = h.last_seq + top.n, last_sent_at = top.sent_at, version = h.version + top.n
          + top.roots -- context
        from (
          select room_id, max(n) as n, max(sent_at) as sent_at
            , count(distinct thread_of) as roots -- context
          from numbered where obstacle is null group by room_id) top
        where h.room_id = top.room_id),
      marked as (
        update read_marks r set read_seq = top.seq
        from (select room_id, sender_id, max(last_seq + n) as seq from numbered where obstacle is null
          group by room_id, sender_id) top
        where r.room_id = top.room_id and r.user_id = top.sender_id and r.read_seq < top.seq)
      select m.ord, m.obstacle, m.last_seq + m.n as seq, m.version + m.n as version, m.sent_at,
        u.username, u.display_name, u.avatar_url
        , m.attachments, m.forwarded_at, origin.id as origin_id, origin.username as origin_username -- context
        , origin.display_name as origin_name, origin.avatar_url as origin_avatar -- context
      from numbered m
        left join users u on u.id = m.sender_id
        left join users origin on origin.id = m.forwarded_sender -- context
      """;

  /** For any batch. */
  static final String INSERT = MARKED.replace(" -- context", "");

  /** For messages that are words alone, as most are: the same without what concerns no word. */
  static final String INSERT_WORDS = MARKED.replaceAll("(?m)^.* -- context\n", "");

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
    boolean words = sends.stream().allMatch(send -> send.context.equals(Messages.Context.NONE));
    Future<?> begun = connection.query("begin").execute();
    Future<?> locked =
        connection.preparedQuery(waiting ? LOCK_WAITING : LOCK_FREE).execute(lockArguments(sends));
    Future<RowSet<Row>> inserted =
        words
            ? connection.preparedQuery(INSERT_WORDS).execute(SendArguments.words(sends))
            : connection.preparedQuery(INSERT).execute(SendArguments.of(sends));
    Future<List<Message>> roots = roots(connection, sends);
    Future<MentionWriter.Called> called = MentionWriter.call(connection, sends);
    Future<?> carried = AttachmentWriter.carry(connection, sends);
    Future<?> flagged = FlagWriter.flag(connection, sends);
    Future<?> committed = connection.query("commit").execute();
    // A statement that failed has turned the commit into a rollback, so the first failure in line
    // is the one that counts.
    List<Future<?>> steps =
        List.of(begun, locked, inserted, roots, called, carried, flagged, committed);
    return Future.join(steps)
        .transform(
            done -> {
              for (Future<?> step : steps) {
                if (step.failed()) {
                  return Future.failedFuture(Failed.of(step.cause(), step == committed));
                }
              }
              return KnownMessages.read(connection, inserted.result(), sends)
                  .map(
                      known ->
                          new Done(
                              results(inserted.result(), sends, called.result(), known),
                              roots.result(),
                              called.result().notices()));
            });
  }

  /** In the order of the batch. */
  private static List<Result> results(
      RowSet<Row> rows,
      List<Send> sends,
      MentionWriter.Called called,
      Map<Integer, Message> known) {
    Result[] results = new Result[sends.size()];
    for (Row row : rows) {
      int ord = row.getInteger("ord");
      results[ord] = Result.of(row, sends.get(ord), called.names(ord), known.get(ord));
    }
    return List.of(results);
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

    /** Followed by which of them cannot be carried. */
    private static final String ATTACHMENT = "attachment ";

    private static Result of(Row row, Send send, MentionWriter.Names names, Message known) {
      String obstacle = row.getString("obstacle");
      if (obstacle == null) {
        Message message = MessageRow.stored(row, send);
        return new Result(
            send,
            Status.STORED,
            names == null ? message : message.calling(names.people(), names.room()),
            null);
      }
      return switch (obstacle) {
        // Purged in this very moment: then it may be said again.
        case "known" -> new Result(send, known == null ? Status.BUSY : Status.KNOWN, known, null);
        case "busy" -> new Result(send, Status.BUSY, null, null);
        case "worded" -> refused(send, WordFilter.refusal(send.words));
        default -> refused(send, refusal(obstacle));
      };
    }

    private static Result refused(Send send, Failure failure) {
      return new Result(send, Status.REFUSED, null, failure);
    }

    private static Failure refusal(String obstacle) {
      return switch (obstacle) {
        case "reused" -> Problem.ID_REUSED.failure();
        case "outside" -> Problem.FORBIDDEN.because("Join the room first");
        case "archived" -> Problem.FORBIDDEN.because("This room is archived");
        case "unheard" -> Problem.FORBIDDEN.because("Only moderators post in this room");
        case "blocked" ->
            Problem.FORBIDDEN.because("One of you does not want to hear from the other");
        case "reply_to" -> Problem.INVALID.at("/replyTo", "is no message that you see here");
        case "thread_of" ->
            Problem.INVALID.at("/threadOf", "is no message that can have a thread here");
        default ->
            obstacle.startsWith(ATTACHMENT)
                ? Problem.INVALID.at(
                    "/attachments/" + obstacle.substring(ATTACHMENT.length()),
                    "is no file of yours that can be sent")
                : Problem.NOT_FOUND.failure();
      };
    }
  }
}
