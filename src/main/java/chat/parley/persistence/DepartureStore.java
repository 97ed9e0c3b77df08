package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * People who go for good. One transaction takes away everything that says who they were and that
 * lets them in; what takes longer, their rooms and maybe their words, is left to {@link Rounds}.
 */
final class DepartureStore {
  /** Whether the server would be without an administrator, though there are people. */
  private static final String IS_LAST_ADMIN =
      """
      select u.role = 'admin'
        and not exists (select from users o where o.role = 'admin' and o.id <> u.id and o.disabled_at is null)
        and exists (select from users o where o.id <> u.id and o.deleted_at is null) as last
      from users u where u.id = $1 and u.deleted_at is null for update
      """;

  /** The key has a space, as no name has: so nobody can take it, and the name is free again. */
  private static final String WIPE =
      """
      update users set
        username = 'deleted-' || right(replace(id::text, '-', ''), 24), username_key = 'deleted ' || id, username_skeleton = ' ' || id,
        display_name = 'Deleted account', display_key = 'deleted account',
        email = null, email_key = null, email_verified_at = null, password_hash = null, avatar_url = null, status_text = null, time_zone = null, direct_from = 'everyone',
        role = 'user', disabled_at = coalesce(disabled_at, now()), deleted_at = now()
      where id = $1
      """;

  /** Whoever makes them a member locks this row too, and looks again whether they are there. */
  private static final String LOCK_HEAD =
      "update user_heads set version = version + 1 where user_id = $1";

  /** What else names the person, or lets them in. A test looks for tables that are missing here. */
  static final List<String> FORGET =
      List.of(
          "delete from avatars where user_id = $1",
          "delete from blocks where user_id = $1 or blocked_id = $1",
          "delete from mentions where user_id = $1",
          "delete from bans where user_id = $1",
          "delete from drafts where user_id = $1",
          "delete from invites where created_by = $1",
          "delete from account_invites where created_by = $1",
          "delete from second_factors where user_id = $1",
          "delete from passkeys where user_id = $1",
          "delete from identities where user_id = $1",
          "delete from application_users where user_id = $1",
          "delete from api_keys where session_id in (select id from sessions where user_id = $1)",
          "delete from scheduled where user_id = $1",
          "update reports set note = null where reporter_id = $1",
          AttachmentStore.FORGET_UNSENT,
          "delete from exports where user_id = $1",
          "delete from letters where user_id = $1",
          "delete from mail_tokens where user_id = $1",
          "delete from tickets where session_id in (select id from sessions where user_id = $1)",
          "delete from refresh_tokens where session_id in (select id from sessions where user_id = $1)",
          "update sessions set address = null, agent = null, cookie_hash = null where user_id = $1");

  private final Postgres postgres;
  private final Rounds rounds;

  DepartureStore(Postgres postgres, Rounds rounds) {
    this.postgres = postgres;
    this.rounds = rounds;
  }

  /** Gives the sessions that lived; fails with CONFLICT for the last administrator. */
  Future<List<UUID>> depart(Accounts.Departure wish) {
    UUID userId = wish.actor().userId();
    return postgres
        .write(
            wish.actor(),
            connection ->
                go(connection, userId, wish.removeMessages(), Problem.UNAUTHENTICATED)
                    .compose(
                        ended ->
                            AuditStore.note(connection, Act.ACCOUNT_DELETE, userId).map(ended)))
        .onSuccess(gone -> rounds.goOn());
  }

  /** The same for somebody else, whose words stay; {@code noted} is part of it. */
  Future<List<UUID>> dismiss(
      Actor actor, UUID userId, Function<SqlConnection, Future<Void>> noted) {
    return postgres
        .write(
            actor,
            connection ->
                go(connection, userId, false, Problem.NOT_FOUND)
                    .compose(ended -> noted.apply(connection).map(ended)))
        .onSuccess(gone -> rounds.goOn());
  }

  private static Future<List<UUID>> go(
      SqlConnection connection, UUID userId, boolean removeMessages, Problem missing) {
    return requireOther(connection, userId, missing)
        .compose(other -> SessionStore.endAll(connection, userId, null))
        .compose(ended -> wipe(connection, userId, removeMessages).map(ended));
  }

  /** Two administrators that go at once take turns, so that one of them sees that they are last. */
  private static Future<Void> requireOther(SqlConnection connection, UUID userId, Problem missing) {
    return connection
        .query(UserStore.ONE_AT_A_TIME)
        .execute()
        .compose(locked -> connection.preparedQuery(IS_LAST_ADMIN).execute(Tuple.of(userId)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw missing.failure();
              }
              if (Rows.first(rows).getBoolean("last")) {
                throw Problem.CONFLICT.because("Make somebody else administrator first");
              }
              return null;
            });
  }

  private static Future<Void> wipe(SqlConnection connection, UUID userId, boolean removeMessages) {
    Future<?> done =
        connection
            .preparedQuery(LOCK_HEAD)
            .execute(Tuple.of(userId))
            .compose(locked -> connection.preparedQuery(WIPE).execute(Tuple.of(userId)));
    for (String statement : FORGET) {
      done = done.compose(before -> connection.preparedQuery(statement).execute(Tuple.of(userId)));
    }
    return done.compose(before -> Rounds.leave(connection, userId, removeMessages));
  }
}
