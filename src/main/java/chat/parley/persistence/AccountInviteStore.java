package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.AccountInvite;
import chat.parley.model.AccountInvites;
import chat.parley.model.Act;
import chat.parley.model.Page;
import chat.parley.model.Role;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Links by which people make an account. One that cannot be used is not there, whatever the reason.
 * O(log n) each.
 */
final class AccountInviteStore {
  static final int MAX_LIVE = 1_000;

  /** It speaks for who made it, and only while they may make one themselves. */
  private static final String LIVE =
      """
      i.revoked_at is null and i.expires_at > now() and i.uses < i.max_uses
      and (i.created_by is null or exists (
        select from users m where m.id = i.created_by and m.role = 'admin' and m.disabled_at is null))
      """;

  static final String LOOK =
      """
      select i.id, i.role, i.expires_at from account_invites i where i.hash = $1 and
      """
          + LIVE;

  static final String USE =
      """
      update account_invites i set uses = i.uses + 1 where i.hash = $1 and
      """
          + LIVE
          + """
      returning i.id, i.role
      """;

  private static final String COUNT =
      """
      select count(*) as n from (select from account_invites i where
      """
          + LIVE
          + """
       limit $1) live
      """;

  private static final String INSERT =
      """
      insert into account_invites (id, hash, role, note, created_by, expires_at, max_uses)
      values ($1, $2, $3, $4, $5, now() + make_interval(hours => $6), $7)
      """;

  private static final String SHOWN =
      """
      select i.id, i.role, i.note, i.expires_at, i.max_uses, i.uses, i.created_at,
        u.id as user_id, u.username, u.display_name, u.avatar_url,
      """
          + LIVE
          + """
        as live from account_invites i left join users u on u.id = i.created_by
      """;

  private static final String GET = SHOWN + " where i.id = $1";

  /** Ids rise with time. */
  static final String LIST =
      SHOWN + " where $1::uuid is null or i.id < $1 order by i.id desc limit $2";

  static final String REVOKE =
      "update account_invites set revoked_at = coalesce(revoked_at, now()) where id = $1";

  private static final String ANY_ADMIN =
      "select from users where role = 'admin' and disabled_at is null limit 1";

  private final Postgres postgres;

  AccountInviteStore(Postgres postgres) {
    this.postgres = postgres;
  }

  Future<AccountInvite> create(AccountInvites.Row row) {
    return postgres.write(row.actor(), connection -> create(connection, row));
  }

  /** As part of a transaction. A link for an administrator closes the door to whoever is first. */
  static Future<AccountInvite> create(SqlConnection connection, AccountInvites.Row row) {
    return connection
        .query(UserStore.ONE_AT_A_TIME)
        .execute()
        .compose(turn -> connection.preparedQuery(COUNT).execute(Tuple.of(MAX_LIVE)))
        .compose(
            count -> {
              if (Rows.first(count).getLong("n") >= MAX_LIVE) {
                throw Problem.CONFLICT.because("There are " + MAX_LIVE + " invitations already");
              }
              return insert(connection, row);
            })
        .compose(
            made ->
                row.wish().roleOrUser() == Role.ADMIN
                    ? connection.query(RegistrationStore.CLOSE_THE_DOOR).execute().mapEmpty()
                    : Future.succeededFuture())
        .compose(
            closed ->
                AuditStore.note(
                    connection,
                    Act.ACCOUNT_INVITE_MAKE,
                    Map.of("id", row.id()),
                    Map.of("role", Rows.stored(row.wish().roleOrUser()))))
        .compose(noted -> connection.preparedQuery(GET).execute(Tuple.of(row.id())))
        .map(rows -> invite(Rows.first(rows)));
  }

  private static Future<Void> insert(SqlConnection connection, AccountInvites.Row row) {
    AccountInvites.Wish wish = row.wish();
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(row.id(), SessionStore.bytes(row.hash()), Rows.stored(wish.roleOrUser()))
                .addString(wish.note())
                .addUUID(row.actor().userId())
                .addInteger(wish.hoursOrWeek())
                .addInteger(wish.maxUsesOrOne()))
        .mapEmpty();
  }

  /**
   * For a start: a link to the first administrator's account; null when there is one who can sign
   * in. From then on nobody becomes one by being the first.
   */
  static Future<AccountInvite> createFirst(SqlConnection connection, AccountInvites.Row row) {
    return connection
        .query(UserStore.ONE_AT_A_TIME)
        .execute()
        .compose(turn -> connection.query(ANY_ADMIN).execute())
        .compose(admins -> admins.size() > 0 ? Future.succeededFuture() : create(connection, row));
  }

  Future<Page<AccountInvite, UUID>> list(AccountInvites.ListOf q) {
    return postgres
        .read(LIST, Tuple.of(q.before(), q.limit() + 1))
        .map(
            rows ->
                Page.of(Rows.list(rows, AccountInviteStore::invite), q.limit(), AccountInvite::id));
  }

  /** Again changes nothing; fails with NOT_FOUND. */
  Future<Void> revoke(AccountInvites.End wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(REVOKE)
                .execute(Tuple.of(wish.id()))
                .compose(
                    ended -> {
                      if (ended.rowCount() == 0) {
                        throw Problem.NOT_FOUND.failure();
                      }
                      return AuditStore.note(connection, Act.ACCOUNT_INVITE_REVOKE, wish.id());
                    }));
  }

  /** Fails with NOT_FOUND for every link that cannot be used. */
  Future<AccountInvites.Offer> look(byte[] hash) {
    return postgres
        .read(LOOK, Tuple.of(SessionStore.bytes(hash)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              Row row = Rows.first(rows);
              return new AccountInvites.Offer(role(row), Rows.instant(row, "expires_at"));
            });
  }

  private static Role role(Row row) {
    return Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
  }

  private static AccountInvite invite(Row row) {
    return new AccountInvite(
        row.getUUID("id"),
        null,
        null,
        role(row),
        row.getString("note"),
        Rows.instant(row, "expires_at"),
        row.getInteger("max_uses"),
        row.getInteger("uses"),
        row.getBoolean("live"),
        row.getUUID("user_id") == null ? null : Rows.person(row),
        Rows.instant(row, "created_at"));
  }
}
