package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Act;
import chat.parley.model.ManagedUser;
import chat.parley.model.Role;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What administrators change about accounts. There is always an administrator who can sign in. */
final class AdminStore {
  /**
   * Taken in turns with those who delete themselves, so that no two take the other's place away.
   */
  private static final String LOCK_ADMINS =
      """
      select id from users where role = 'admin' and disabled_at is null order by id for no key update""";

  private static final String CHANGE =
      """
      update users set
        role = coalesce($2::text, role),
        disabled_at = case when $3::boolean then coalesce(disabled_at, now()) when not $3 then null else disabled_at end
      where id = $1 and deleted_at is null
      returning id as user_id, username, display_name, avatar_url, role, status_text, disabled_at is not null as disabled""";

  private final Postgres postgres;

  AdminStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Fails with NOT_FOUND, also when the caller is no administrator any more, and with CONFLICT when
   * nobody would be left. Disabling ends the account's sessions with it.
   */
  Future<Accounts.Changed> change(Accounts.ChangeUser wish) {
    return postgres.write(
        wish.caller().actor(wish.requestId()),
        connection ->
            connection
                .query(UserStore.ONE_AT_A_TIME)
                .execute()
                .compose(turn -> connection.query(LOCK_ADMINS).execute())
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .compose(admins -> change(connection, wish, admins)));
  }

  private static Future<Accounts.Changed> change(
      SqlConnection connection, Accounts.ChangeUser wish, List<UUID> admins) {
    if (!admins.contains(wish.caller().userId())) {
      throw Problem.NOT_FOUND.failure();
    }
    boolean takesAway = Boolean.TRUE.equals(wish.disabled()) || wish.role() == Role.USER;
    if (takesAway && admins.equals(List.of(wish.userId()))) {
      throw Problem.CONFLICT.because("Somebody has to remain who administers this server");
    }
    return connection
        .preparedQuery(CHANGE)
        .execute(Tuple.of(wish.userId(), stored(wish.role()), wish.disabled()))
        .map(AdminStore::managed)
        .compose(user -> note(connection, wish).map(user))
        .compose(user -> ended(connection, user));
  }

  /** A wish for both is two acts. */
  private static Future<Void> note(SqlConnection connection, Accounts.ChangeUser wish) {
    Map<String, ?> row = Map.of("id", wish.userId());
    Future<Void> role =
        wish.role() == null
            ? Future.succeededFuture()
            : AuditStore.note(
                connection, Act.USER_ROLE, row, Map.of("role", Rows.stored(wish.role())));
    return wish.disabled() == null
        ? role
        : role.compose(
            noted ->
                AuditStore.note(
                    connection, wish.disabled() ? Act.USER_DISABLE : Act.USER_ENABLE, row));
  }

  private static String stored(Role role) {
    return role == null ? null : Rows.stored(role);
  }

  private static ManagedUser managed(RowSet<Row> rows) {
    SessionStore.atLeastOne(rows, Problem.NOT_FOUND);
    Row row = Rows.first(rows);
    return new ManagedUser(UserStore.user(row), row.getBoolean("disabled"));
  }

  private static Future<Accounts.Changed> ended(SqlConnection connection, ManagedUser user) {
    return user.disabled()
        ? SessionStore.endAll(connection, user.user().id(), null)
            .map(ids -> new Accounts.Changed(user, ids))
        : Future.succeededFuture(new Accounts.Changed(user, List.of()));
  }
}
