package chat.parley.persistence;

import chat.parley.model.AccountInvite;
import chat.parley.model.AccountInvites;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Fold;
import chat.parley.model.Recovery.NewLink;
import chat.parley.model.Recovery.Purpose;
import chat.parley.model.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What whoever has the machine may do without signing in, by the rules and with the audit of those
 * who do. Running servers find it in the database: an ended session within a second, a role within
 * twenty.
 */
public final class OperatorStore implements AutoCloseable {
  private static final String ACCOUNT =
      """
      select id, role = 'admin' as admin, disabled_at is not null as disabled
      from users where username_key = $1 and deleted_at is null for no key update""";

  private static final String PROMOTE = "update users set role = 'admin' where id = $1";

  /** What came of it. */
  public enum Outcome {
    DONE,
    WAS_SO,
    UNKNOWN,
    DISABLED
  }

  private final Pool pool;
  private final Postgres postgres;

  private OperatorStore(Pool pool) {
    this.pool = pool;
    this.postgres = new Postgres(pool);
  }

  /** Connects when first asked. */
  public static OperatorStore of(Vertx vertx, DatabaseAddress database) {
    return new OperatorStore(
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1).setConnectionTimeout(10))
            .connectingTo(PersistenceVerticle.readerOptions(database))
            .using(vertx)
            .build());
  }

  /** Makes an account an administrator's. */
  public Future<Outcome> promote(String username, String requestId) {
    return change(
        username,
        requestId,
        (connection, account) ->
            account.getBoolean("admin")
                ? Future.succeededFuture(Outcome.WAS_SO)
                : connection
                    .preparedQuery(PROMOTE)
                    .execute(Tuple.of(account.getUUID("id")))
                    .compose(done -> notePromotion(connection, account.getUUID("id")))
                    .map(Outcome.DONE));
  }

  private static Future<Void> notePromotion(SqlConnection connection, UUID id) {
    Map<String, ?> details = Map.of("role", Rows.stored(Role.ADMIN));
    return AuditStore.note(connection, Act.USER_ROLE, Map.of("id", id), details);
  }

  /**
   * Makes this the only link to a new password for an account. It was not sent to any address, so
   * it proves none.
   */
  public Future<Outcome> link(String username, NewLink link, String requestId) {
    return change(
        username,
        requestId,
        (connection, account) ->
            LinkStore.make(
                    connection,
                    account.getUUID("id"),
                    Purpose.PASSWORD,
                    new String[] {"", ""},
                    link)
                .compose(
                    made ->
                        AuditStore.note(
                            connection, Act.PASSWORD_RESET_ASKED, account.getUUID("id")))
                .map(Outcome.DONE));
  }

  /** Keeps a link by which an administrator makes their account. */
  public Future<AccountInvite> invite(AccountInvites.Row invite) {
    return postgres.write(
        invite.actor(), connection -> AccountInviteStore.create(connection, invite));
  }

  /** The same while there is no administrator; null when there is one. */
  public Future<AccountInvite> inviteFirst(AccountInvites.Row invite) {
    return postgres.write(
        invite.actor(), connection -> AccountInviteStore.createFirst(connection, invite));
  }

  /** An act on a table, or on the whole server. */
  public Future<Void> note(Act act, Map<String, String> details, String requestId) {
    return postgres.write(
        new Actor((UUID) null, requestId),
        connection ->
            AuditStore.note(
                connection,
                act,
                act.table().isEmpty() ? "server" : act.table(),
                Map.of(),
                details));
  }

  /** What is done to an account that is there and may be used. */
  private interface Deed {
    Future<Outcome> to(SqlConnection connection, Row account);
  }

  private Future<Outcome> change(String username, String requestId, Deed deed) {
    return postgres.write(
        new Actor((UUID) null, requestId),
        connection ->
            connection
                .preparedQuery(ACCOUNT)
                .execute(Tuple.of(Fold.key(username)))
                .map(rows -> Optional.ofNullable(Rows.first(rows)))
                .compose(
                    account ->
                        account
                            .map(found -> whenUsable(connection, found, deed))
                            .orElse(Future.succeededFuture(Outcome.UNKNOWN))));
  }

  private static Future<Outcome> whenUsable(SqlConnection connection, Row account, Deed deed) {
    return account.getBoolean("disabled")
        ? Future.succeededFuture(Outcome.DISABLED)
        : deed.to(connection, account);
  }

  @Override
  public void close() {
    pool.close();
  }
}
