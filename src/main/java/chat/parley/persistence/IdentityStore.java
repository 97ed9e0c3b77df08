package chat.parley.persistence;

import static chat.parley.persistence.SessionStore.atLeastOne;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Identity;
import chat.parley.model.Ids;
import chat.parley.model.Oidc;
import chat.parley.model.User;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** By whom people are known elsewhere, and the accounts that are made when they first come. */
final class IdentityStore {
  private static final int MOST = 20;

  static final String FIND =
      """
      select i.id, u.id as user_id, u.username, u.display_name, u.avatar_url, u.role, u.status_text,
        u.disabled_at is not null as disabled
      from identities i join users u on u.id = i.user_id
      where i.issuer = $1 and i.subject = $2""";

  private static final String USED =
      "update identities set last_used_at = now(), name = coalesce($2, name) where id = $1";

  private static final String ADD =
      """
      insert into identities (id, user_id, issuer, subject, name) values ($1, $2, $3, $4, $5)""";

  private static final String VERIFIED =
      "update users set email_verified_at = now() where id = $1 and email is not null";

  static final String LIST =
      """
      select id, issuer, subject, name, created_at from identities
      where user_id = $1 order by created_at, id""";

  /** Changes of one account's identities take turns, so that the last one can be told. */
  private static final String LOCK_OWNER =
      "select password_hash is not null as has_password from users where id = $1 and disabled_at is null for no key update";

  private static final String REMOVE = "delete from identities where id = $1 and user_id = $2";

  private final Postgres postgres;

  IdentityStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Fails with FORBIDDEN for a disabled account, and as {@link UserStore#make} does. */
  Future<User> enter(Oidc.Enter wish) {
    return postgres.write(
        wish.account().actor(),
        connection ->
            find(connection, wish.subject())
                .compose(
                    found ->
                        found.isPresent()
                            ? used(connection, wish, found.get())
                            : make(connection, wish)));
  }

  private static Future<Optional<Row>> find(SqlConnection connection, Oidc.Subject subject) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(subject.issuer(), subject.subject()))
        .map(rows -> Optional.ofNullable(Rows.first(rows)));
  }

  private static Future<User> used(SqlConnection connection, Oidc.Enter wish, Row found) {
    if (found.getBoolean("disabled")) {
      throw Problem.FORBIDDEN.because("This account is disabled");
    }
    return connection
        .preparedQuery(USED)
        .execute(Tuple.of(found.getUUID("id"), wish.subject().name()))
        .map(UserStore.user(found));
  }

  /** Looks again once it is its turn: somebody may just have made the account. */
  private static Future<User> make(SqlConnection connection, Oidc.Enter wish) {
    return connection
        .query(UserStore.ONE_AT_A_TIME)
        .execute()
        .compose(turn -> find(connection, wish.subject()))
        .compose(
            found ->
                found.isPresent()
                    ? used(connection, wish, found.get())
                    : UserStore.make(connection, wish.account())
                        .compose(user -> first(connection, wish, user)));
  }

  private static Future<User> first(SqlConnection connection, Oidc.Enter wish, User user) {
    return add(connection, user.id(), wish.subject())
        .compose(added -> connection.preparedQuery(VERIFIED).execute(Tuple.of(user.id())))
        .map(user);
  }

  private static Future<Void> add(SqlConnection connection, UUID userId, Oidc.Subject subject) {
    return connection
        .preparedQuery(ADD)
        .execute(Tuple.of(Ids.next(), userId, subject.issuer(), subject.subject(), subject.name()))
        .mapEmpty();
  }

  /** Fails with CONFLICT when it is another account's; again changes nothing. */
  Future<Void> link(Oidc.Link wish) {
    UUID userId = wish.actor().userId();
    return postgres.write(
        wish.actor(),
        connection ->
            // In the same order as whoever makes an account.
            connection
                .query(UserStore.ONE_AT_A_TIME)
                .execute()
                .compose(turn -> lock(connection, userId))
                .compose(owner -> find(connection, wish.subject()))
                .compose(
                    found -> {
                      if (found.isPresent() && !found.get().getUUID("user_id").equals(userId)) {
                        throw Problem.CONFLICT.because("This identity is another account's");
                      }
                      return found.isPresent()
                          ? Future.succeededFuture()
                          : list(connection, userId)
                              .compose(all -> requireRoom(all))
                              .compose(room -> add(connection, userId, wish.subject()))
                              .compose(
                                  added -> AuditStore.note(connection, Act.IDENTITY_ADD, userId));
                    }));
  }

  private static Future<Void> requireRoom(List<Identity> all) {
    return all.size() < MOST
        ? Future.succeededFuture()
        : Future.failedFuture(
            Problem.CONFLICT.because("An account has at most " + MOST + " identities"));
  }

  private static Future<Row> lock(SqlConnection connection, UUID userId) {
    return connection
        .preparedQuery(LOCK_OWNER)
        .execute(Tuple.of(userId))
        .map(
            rows -> {
              atLeastOne(rows, Problem.UNAUTHENTICATED);
              return Rows.first(rows);
            });
  }

  Future<List<Identity>> list(UUID userId) {
    return postgres
        .read(LIST, Tuple.of(userId))
        .map(rows -> Rows.list(rows, IdentityStore::identity));
  }

  private static Future<List<Identity>> list(SqlConnection connection, UUID userId) {
    return connection
        .preparedQuery(LIST)
        .execute(Tuple.of(userId))
        .map(rows -> Rows.list(rows, IdentityStore::identity));
  }

  /** Fails with NOT_FOUND when it is not the actor's, CONFLICT when nothing else lets them in. */
  Future<Void> remove(Oidc.Remove wish) {
    UUID userId = wish.caller().userId();
    return postgres.write(
        wish.caller().actor(wish.requestId()),
        connection ->
            lock(connection, userId)
                .compose(
                    owner ->
                        list(connection, userId)
                            .map(all -> requireAnother(all, owner.getBoolean("has_password"))))
                .compose(
                    allowed ->
                        connection
                            .preparedQuery(REMOVE)
                            .execute(Tuple.of(wish.identityId(), userId)))
                .map(rows -> atLeastOne(rows, Problem.NOT_FOUND))
                .compose(
                    gone -> AuditStore.note(connection, Act.IDENTITY_REMOVE, wish.identityId())));
  }

  private static Void requireAnother(List<Identity> all, boolean hasPassword) {
    if (all.size() == 1 && !hasPassword) {
      throw Problem.CONFLICT.because("This is the last way into the account: set a password first");
    }
    return null;
  }

  private static Identity identity(Row row) {
    return new Identity(
        row.getUUID("id"),
        row.getString("issuer"),
        row.getString("subject"),
        row.getString("name"),
        Rows.instant(row, "created_at"));
  }
}
