package chat.parley.persistence;

import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.model.OpenSession;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Where people are signed in, and when each place was last used. */
final class DeviceStore {
  /** A program that signs in each minute must not make a list without end. */
  static final String LIST =
      """
      select id, cookie_hash is not null as of_site, created_at, last_seen_at, address, agent,
        least(expires_at, last_seen_at + idle_life) as ends_at
      from sessions
      where user_id = $1 and ended_at is null and least(expires_at, last_seen_at + idle_life) > now()
        and not exists (select from api_keys k where k.session_id = sessions.id)
      order by last_seen_at desc, id limit 200""";

  /** Waits for nobody: what somebody else has locked is seen again in a minute. */
  static final String SEEN =
      """
      update sessions set last_seen_at = now() where id in (
        select id from sessions
        where id = any($1) and ended_at is null and last_seen_at < now() - interval '1 minute'
        for no key update skip locked)""";

  /** In one order, so that two nodes that note the same people wait for each other at most. */
  static final String HERE_TODAY =
      """
      insert into daily_people (day, user_id)
      select distinct (now() at time zone 'utc')::date, user_id from sessions where id = any($1) order by user_id
      on conflict do nothing""";

  private final Postgres postgres;

  DeviceStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** The 200 that were used last, the latest first. */
  Future<List<OpenSession>> list(Accounts.ListSessions wish) {
    return postgres
        .read(LIST, Tuple.of(wish.userId()))
        .map(rows -> Rows.list(rows, row -> open(row, wish.currentId())));
  }

  private static OpenSession open(Row row, UUID currentId) {
    UUID id = row.getUUID("id");
    return new OpenSession(
        id,
        row.getBoolean("of_site") ? OpenSession.Kind.SITE : OpenSession.Kind.PROGRAM,
        id.equals(currentId),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "last_seen_at"),
        row.getString("address"),
        row.getString("agent"),
        Rows.instant(row, "ends_at"));
  }

  /**
   * Notes that these are in use, unless that was noted within the minute, and who was here today.
   */
  Future<Void> seen(List<UUID> sessionIds) {
    Tuple ids = Tuple.of(sessionIds.toArray(UUID[]::new));
    return postgres.write(
        new Actor(null, null),
        connection ->
            connection
                .preparedQuery(HERE_TODAY)
                .execute(ids)
                .compose(here -> connection.preparedQuery(SEEN).execute(ids))
                .mapEmpty());
  }
}
