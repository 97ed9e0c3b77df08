package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.Scheduled;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that are to be sent later: kept, and sent when their time has come by whichever node
 * looks first. A message goes through the room writer like any other, under the id it was kept
 * with, so it is sent exactly once whatever dies in between. Looking costs one index look-up a
 * second. Used on one event loop.
 */
final class ScheduledStore {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledStore.class);

  private static final String INSERT =
      """
      insert into scheduled (user_id, id, room_id, text, reply_to, thread_of, send_at)
      select m.user_id, $3, m.room_id, $4, $5, $6, $7 from members m where m.room_id = $2 and m.user_id = $1
      on conflict (user_id, id) do nothing
      """;

  private static final String MEMBER = "select from members where user_id = $1 and room_id = $2";

  static final String LIST = "select * from scheduled where user_id = $1 order by send_at, id";

  private static final String ONE = "select * from scheduled where user_id = $1 and id = $2";

  private static final String CHANGE =
      """
      update scheduled set text = coalesce($3, text), send_at = coalesce($4, send_at), failed = null
      where user_id = $1 and id = $2 and (claimed_until is null or claimed_until < now())
      """;

  private static final String CANCEL =
      """
      delete from scheduled where user_id = $1 and id = $2 and (claimed_until is null or claimed_until < now())
      """;

  private static final String NEXT_USER_VERSION =
      "update user_heads set version = version + 1 where user_id = $1 returning version";

  /** For longer than a send can take. */
  static final String CLAIM =
      """
      update scheduled s set claimed_until = now() + interval '30 seconds'
      from (
        select user_id, id from scheduled
        where failed is null and send_at <= now() and (claimed_until is null or claimed_until < now())
        order by send_at limit 50 for update skip locked) due
      where s.user_id = due.user_id and s.id = due.id
      returning s.*
      """;

  private static final String SENT = "delete from scheduled where user_id = $1 and id = $2";

  private static final String FAILED =
      "update scheduled set failed = $3, claimed_until = null where user_id = $1 and id = $2";

  private final Postgres postgres;
  private final Function<Messages.Post, Future<Message>> writer;
  private final Consumer<Outcome<?>> announcer;
  private boolean sending;

  ScheduledStore(
      Postgres postgres,
      Function<Messages.Post, Future<Message>> writer,
      Consumer<Outcome<?>> announcer) {
    this.postgres = postgres;
    this.writer = writer;
    this.announcer = announcer;
  }

  /** Keeps a message for later; NOT_FOUND when the room is not the actor's. */
  Future<Outcome<Scheduled>> plan(Scheduled.Plan q) {
    UUID me = q.actor().userId();
    Scheduled wish = q.wish();
    Tuple row =
        Tuple.of(me, wish.roomId(), wish.id(), wish.text())
            .addLong(wish.replyTo())
            .addLong(wish.threadOf())
            .addOffsetDateTime(time(wish.at()));
    return postgres.write(
        q.actor(),
        connection ->
            // Locked first, so that two at once cannot both be the last one allowed.
            nextVersion(connection, me)
                .compose(
                    version ->
                        requirePlace(connection, me, wish)
                            .compose(free -> connection.preparedQuery(INSERT).execute(row))
                            .compose(inserted -> one(connection, me, wish.id()))
                            .map(kept -> same(kept, wish))
                            .map(kept -> told(me, version, wish.id(), kept))));
  }

  private static Future<Void> requirePlace(SqlConnection connection, UUID me, Scheduled wish) {
    return connection
        .preparedQuery(MEMBER)
        .execute(Tuple.of(me, wish.roomId()))
        .compose(
            member -> {
              if (member.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return connection.preparedQuery(LIST).execute(Tuple.of(me));
            })
        .map(
            mine -> {
              if (mine.size() >= Scheduled.MOST) {
                throw Problem.CONFLICT.because(
                    "At most " + Scheduled.MOST + " messages wait to be sent");
              }
              return null;
            });
  }

  private static Scheduled same(Scheduled kept, Scheduled wish) {
    if (!kept.roomId().equals(wish.roomId()) || !kept.text().equals(wish.text())) {
      throw Problem.ID_REUSED.failure();
    }
    return kept;
  }

  Future<Scheduled.List> list(UUID userId) {
    return postgres
        .read(LIST, Tuple.of(userId))
        .map(rows -> new Scheduled.List(Rows.list(rows, ScheduledStore::scheduled)));
  }

  Future<Outcome<Scheduled>> change(Scheduled.Change q) {
    UUID me = q.actor().userId();
    Tuple how =
        Tuple.of(me, q.id())
            .addString(q.text())
            .addOffsetDateTime(q.at() == null ? null : time(q.at()));
    return postgres.write(
        q.actor(),
        connection ->
            nextVersion(connection, me)
                .compose(
                    version ->
                        unlessSending(connection, CHANGE, how)
                            .compose(changed -> one(connection, me, q.id()))
                            .map(kept -> told(me, version, q.id(), kept))));
  }

  Future<Outcome<Void>> cancel(Scheduled.Cancel q) {
    return postgres
        .write(q.actor(), connection -> cancel(connection, q.actor().userId(), q.id()))
        .map(outcome -> new Outcome<>(null, outcome.batches(), outcome.notices()));
  }

  /** Also for whoever is not the author. */
  static Future<Outcome<Scheduled>> cancel(SqlConnection connection, UUID author, UUID id) {
    return nextVersion(connection, author)
        .compose(
            version ->
                unlessSending(connection, CANCEL, Tuple.of(author, id))
                    .map(gone -> told(author, version, id, null)));
  }

  /** What is just being sent can be neither changed nor taken back. */
  private static Future<Void> unlessSending(SqlConnection connection, String sql, Tuple arguments) {
    return connection
        .preparedQuery(sql)
        .execute(arguments)
        .compose(
            done ->
                done.rowCount() > 0
                    ? Future.succeededFuture()
                    : one(connection, arguments.getUUID(0), arguments.getUUID(1))
                        .map(
                            there -> {
                              throw Problem.CONFLICT.because("It is being sent");
                            }));
  }

  private static Future<Scheduled> one(SqlConnection connection, UUID userId, UUID id) {
    return connection
        .preparedQuery(ONE)
        .execute(Tuple.of(userId, id))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return scheduled(Rows.first(rows));
            });
  }

  private static Future<Long> nextVersion(SqlConnection connection, UUID userId) {
    return connection
        .preparedQuery(NEXT_USER_VERSION)
        .execute(Tuple.of(userId))
        .map(rows -> Rows.first(rows).getLong("version"));
  }

  private static Outcome<Scheduled> told(UUID userId, long version, UUID id, Scheduled kept) {
    UserEvent event = new UserEvent.ScheduledChanged(version, id, kept);
    return new Outcome<>(kept, List.of(), List.of(UserNotice.of(userId, event)));
  }

  /** Sends what is due; what fails for now is tried again when its claim has lapsed. */
  void goOn() {
    if (!sending) {
      sending = true;
      postgres
          .read(CLAIM, Tuple.tuple())
          .compose(rows -> sendEach(rows))
          .onFailure(cause -> LOG.warn("Sending later is put off: {}", cause.toString()))
          .onComplete(done -> sending = false);
    }
  }

  private Future<?> sendEach(RowSet<Row> rows) {
    return Future.join(Rows.list(rows, row -> send(row.getUUID("user_id"), scheduled(row))));
  }

  private Future<Void> send(UUID userId, Scheduled due) {
    Actor actor = new Actor(userId, "scheduled");
    Messages.Post post =
        new Messages.Post(actor, due.roomId(), due.id(), due.text(), due.context());
    return writer
        .apply(post)
        .<Failure>map(sent -> null)
        .recover(ScheduledStore::unlessForGood)
        .compose(refused -> settle(actor, due, refused));
  }

  /** A refusal that would come again is the outcome; anything else is not known yet. */
  private static Future<Failure> unlessForGood(Throwable cause) {
    return cause instanceof Failure failure && !failure.problem().retryable()
        ? Future.succeededFuture(failure)
        : Future.failedFuture(cause);
  }

  private Future<Void> settle(Actor actor, Scheduled due, Failure refused) {
    UUID me = actor.userId();
    String why = refused == null ? null : why(refused);
    return postgres
        .write(
            actor,
            connection ->
                nextVersion(connection, me)
                    .compose(
                        version ->
                            connection
                                .preparedQuery(why == null ? SENT : FAILED)
                                .execute(
                                    why == null
                                        ? Tuple.of(me, due.id())
                                        : Tuple.of(me, due.id(), why))
                                .map(done -> told(me, version, due.id(), failed(due, why)))))
        .onSuccess(announcer::accept)
        .mapEmpty();
  }

  private static String why(Failure refused) {
    if (refused.detail() != null) {
      return refused.detail();
    }
    return refused.fields().isEmpty()
        ? refused.problem().title()
        : refused.fields().get(0).pointer().substring(1) + " " + refused.fields().get(0).detail();
  }

  private static Scheduled failed(Scheduled due, String why) {
    return why == null
        ? null
        : new Scheduled(
            due.id(),
            due.roomId(),
            due.text(),
            due.replyTo(),
            due.threadOf(),
            due.at(),
            due.createdAt(),
            why);
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static Scheduled scheduled(Row row) {
    return new Scheduled(
        row.getUUID("id"),
        row.getUUID("room_id"),
        row.getString("text"),
        row.getLong("reply_to"),
        row.getLong("thread_of"),
        Rows.instant(row, "send_at"),
        Rows.instant(row, "created_at"),
        row.getString("failed"));
  }
}
