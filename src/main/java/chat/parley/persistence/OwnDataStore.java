package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Edits;
import chat.parley.model.Messages;
import chat.parley.model.OwnData;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Everything that is kept of somebody, for themselves. Their words come in pages, looked for in
 * stretches of a room as in {@link Tombstones}.
 */
final class OwnDataStore {
  private static final int PAGE = 100;
  private static final int PAUSE_SECONDS = 60;

  /** The audit log takes note of each. */
  private static final String ASK =
      """
      insert into exports (user_id) values ($1)
      on conflict (user_id) do update set asked_at = now() where exports.asked_at < now() - make_interval(secs => $2)
      """;

  private static final String SESSIONS =
      """
      select id, created_at, last_seen_at, address, agent, expires_at, ended_at
      from sessions where user_id = $1 order by created_at desc limit 1000
      """;

  private static final String ROOMS =
      """
      (select r.id, r.kind, r.name, m.role, m.joined_at from members m join rooms r on r.id = m.room_id
        where m.user_id = $1 order by m.room_id)
      union all
      (select r.id, r.kind, r.name, null, null from former_members f join rooms r on r.id = f.room_id
        where f.user_id = $1 order by f.room_id)
      """;

  private static final String MADE = "select created_at from users where id = $1";

  /** A stretch of the room, and how far it goes. */
  static final String OWN =
      """
      select h.last_seq, m.seq, m.body, m.attachments, m.sent_at, m.edited_at, m.deleted_at,
        case when m.edited_at is not null then (
          select jsonb_agg(jsonb_build_object('text', e.body, 'at', e.at) order by e.version)
          from message_edits e where e.room_key = m.room_key and e.seq = m.seq) end as earlier
      from room_heads h left join lateral (
        select * from messages where room_key = h.room_key and seq > $3 and seq <= $3 + $4::int and sender_id = $1
        order by seq limit $5::int) m on true
      where h.room_id = $2
      order by m.seq
      """;

  private final Postgres postgres;

  OwnDataStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Fails with TOO_MANY_REQUESTS within a minute of the last time. */
  Future<OwnData> get(Actor actor) {
    return postgres.write(
        actor,
        connection ->
            connection
                .preparedQuery(ASK)
                .execute(Tuple.of(actor.userId(), PAUSE_SECONDS))
                .compose(
                    asked -> {
                      if (asked.rowCount() == 0) {
                        throw Problem.TOO_MANY_REQUESTS.retryAfter(
                            PAUSE_SECONDS, "Once a minute is often enough");
                      }
                      return AuditStore.note(connection, Act.DATA_EXPORT, actor.userId())
                          .compose(noted -> read(connection, actor.userId()));
                    }));
  }

  private static Future<OwnData> read(SqlConnection connection, UUID userId) {
    return rows(connection, UserStore.ME, userId)
        .map(UserStore::account)
        .compose(account -> read(connection, userId, account));
  }

  private static Future<OwnData> read(SqlConnection connection, UUID userId, Account account) {
    Future<RowSet<Row>> made = rows(connection, MADE, userId);
    Future<RowSet<Row>> sessions = rows(connection, SESSIONS, userId);
    Future<RowSet<Row>> rooms = rows(connection, ROOMS, userId);
    return Future.all(made, sessions, rooms)
        .map(
            all ->
                new OwnData(
                    account,
                    Rows.instant(Rows.first(made.result()), "created_at"),
                    Rows.list(sessions.result(), OwnDataStore::session),
                    Rows.list(rooms.result(), OwnDataStore::room)));
  }

  private static Future<RowSet<Row>> rows(SqlConnection connection, String sql, UUID userId) {
    return connection.preparedQuery(sql).execute(Tuple.of(userId));
  }

  private static OwnData.OwnSession session(Row row) {
    return new OwnData.OwnSession(
        row.getUUID("id"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "last_seen_at"),
        row.getString("address"),
        row.getString("agent"),
        Rows.instant(row, "expires_at"),
        Rows.instant(row, "ended_at"));
  }

  private static OwnData.OwnRoom room(Row row) {
    return new OwnData.OwnRoom(
        row.getUUID("id"),
        Rows.kind(row.getString("kind")),
        row.getString("name"),
        Rows.role(row.getString("role")),
        Rows.instant(row, "joined_at"));
  }

  /** One's own words in a room one is or was in; of others there is nothing here. */
  Future<Messages.OwnPage> messages(Messages.OwnAfter q) {
    Tuple stretch =
        Tuple.of(q.userId(), q.roomId(), q.after(), Tombstones.STRETCH).addInteger(PAGE);
    return postgres.read(OWN, stretch).map(rows -> page(rows, q.after()));
  }

  private static Messages.OwnPage page(RowSet<Row> rows, long after) {
    Row first = Rows.first(rows);
    if (first == null) {
      return new Messages.OwnPage(List.of(), null);
    }
    boolean empty = first.getLong("seq") == null;
    List<Messages.Own> items = empty ? List.of() : Rows.list(rows, OwnDataStore::own);
    long upTo = items.size() == PAGE ? items.get(PAGE - 1).seq() : after + Tombstones.STRETCH;
    return new Messages.OwnPage(items, upTo < first.getLong("last_seq") ? (Long) upTo : null);
  }

  private static Messages.Own own(Row row) {
    return new Messages.Own(
        row.getLong("seq"),
        row.getString("body"),
        Rows.instant(row, "sent_at"),
        Rows.instant(row, "edited_at"),
        Rows.instant(row, "deleted_at"),
        earlier(row.getJsonArray("earlier")),
        AttachmentRow.read(row));
  }

  private static List<Edits.Version> earlier(JsonArray stored) {
    return stored == null
        ? null
        : stored.stream()
            .map(JsonObject.class::cast)
            .map(
                each ->
                    new Edits.Version(
                        each.getString("text"),
                        OffsetDateTime.parse(each.getString("at")).toInstant()))
            .toList();
  }
}
