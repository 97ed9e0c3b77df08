package chat.parley.persistence;

import static chat.parley.persistence.SessionStore.atLeastOne;
import static chat.parley.persistence.SessionStore.bytes;
import static chat.parley.persistence.SessionStore.live;
import static chat.parley.persistence.SessionStore.time;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** Tickets for sockets: each opens one, or none. */
final class TicketStore {
  private static final String ADD_TICKET =
      """
      insert into tickets (hash, session_id, expires_at)
      select $1::bytea, id, $3::timestamptz from sessions
      where id = $2 and ended_at is null and least(expires_at, last_seen_at + idle_life) > now() for no key update""";

  /** A session holds at most its twenty newest tickets. */
  static final String FORGET_TICKETS =
      """
      delete from tickets where session_id = $1 and (expires_at <= now() or hash in (
        select hash from tickets where session_id = $1 order by expires_at desc, hash offset 20))""";

  static final String SPEND_TICKET =
      """
      delete from tickets t using sessions s, users u
      where t.hash = $1 and s.id = t.session_id and u.id = s.user_id
      returning t.expires_at > now() and s.ended_at is null and u.disabled_at is null
          and least(s.expires_at, s.last_seen_at + s.idle_life) > now() as live,
        s.id, s.expires_at, u.id as user_id, u.username, u.display_name, u.avatar_url, u.role, u.status_text,
        (select k.scopes from api_keys k where k.session_id = s.id) as scopes""";

  private final Postgres postgres;

  TicketStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Fails with UNAUTHENTICATED when the session is over. */
  Future<Void> create(Accounts.NewTicket ticket) {
    return postgres.write(
        new Actor(null, ticket.requestId()),
        connection ->
            connection
                .preparedQuery(ADD_TICKET)
                .execute(
                    Tuple.of(bytes(ticket.hash()), ticket.sessionId(), time(ticket.expiresAt())))
                .map(rows -> atLeastOne(rows, Problem.UNAUTHENTICATED))
                .compose(
                    made ->
                        connection
                            .preparedQuery(FORGET_TICKETS)
                            .execute(Tuple.of(ticket.sessionId())))
                .mapEmpty());
  }

  /** The session of a ticket, once: the row is gone before anybody else can look. */
  Future<Optional<LiveSession>> spend(byte[] hash) {
    return postgres.write(
        new Actor(null, null),
        connection ->
            connection
                .preparedQuery(SPEND_TICKET)
                .execute(Tuple.of(bytes(hash)))
                .map(
                    rows -> {
                      Row row = Rows.first(rows);
                      return row != null && row.getBoolean("live") ? live(rows) : Optional.empty();
                    }));
  }
}
