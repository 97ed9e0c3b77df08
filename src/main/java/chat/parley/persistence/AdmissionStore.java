package chat.parley.persistence;

import static chat.parley.persistence.SessionStore.bytes;
import static chat.parley.persistence.SessionStore.time;

import chat.parley.bus.Problem;
import chat.parley.model.Applications;
import chat.parley.model.User;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * Lets in whom a platform vouches for: spends the token and finds or makes the account in one
 * transaction, so that a token counts once and a subject has one account, however many come at
 * once.
 */
final class AdmissionStore {
  /** Held until the end, so that disabling comes before or after, never in between. */
  private static final String HOLD_SIGNER =
      """
      select a.id from applications a join application_keys k on k.application_id = a.id
      where a.id = $1 and k.id = $2 and a.disabled_at is null for share of a""";

  private static final String SPEND =
      """
      insert into spent_tokens (application_id, hash, expires_at) values ($1, $2, $3) on conflict do nothing""";

  /** What is too old anyhow, a little at a time; rows that another admission forgets are left. */
  static final String FORGET =
      """
      delete from spent_tokens where (application_id, hash) in (
        select application_id, hash from spent_tokens where expires_at < now() - interval '1 minute'
        order by expires_at limit 20 for update skip locked)""";

  static final String FIND =
      """
      select u.id as user_id, u.username, u.display_name, u.avatar_url, u.role, u.status_text,
        u.disabled_at is not null as disabled, a.given_name
      from application_users a join users u on u.id = a.user_id
      where a.application_id = $1 and a.subject = $2""";

  private static final String LINK =
      """
      insert into application_users (application_id, subject, user_id, given_name) values ($1, $2, $3, $4)""";

  private static final String RENAME =
      "update users set display_name = $2, display_key = $3 where id = $1";

  private static final String NOTE_NAME =
      "update application_users set given_name = $3 where application_id = $1 and subject = $2";

  private final Postgres postgres;

  AdmissionStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Fails with UNAUTHENTICATED for a spent token, FORBIDDEN for a disabled account, NAME_TAKEN when
   * the account to make cannot have its name or address; then the token is not spent.
   */
  Future<User> admit(Applications.Admit wish) {
    return postgres.write(
        wish.account().actor(),
        connection ->
            holdSigner(connection, wish)
                .compose(held -> spend(connection, wish))
                .compose(spent -> connection.query(FORGET).execute())
                .compose(forgotten -> findOrMake(connection, wish)));
  }

  private static Future<Void> holdSigner(SqlConnection connection, Applications.Admit wish) {
    return connection
        .preparedQuery(HOLD_SIGNER)
        .execute(Tuple.of(wish.applicationId(), wish.keyId()))
        .map(rows -> SessionStore.atLeastOne(rows, Problem.UNAUTHENTICATED));
  }

  private static Future<Void> spend(SqlConnection connection, Applications.Admit wish) {
    return connection
        .preparedQuery(SPEND)
        .execute(Tuple.of(wish.applicationId(), bytes(wish.tokenHash()), time(wish.spentUntil())))
        .map(
            rows -> {
              if (rows.rowCount() == 0) {
                throw Problem.UNAUTHENTICATED.because("This token was used before");
              }
              return null;
            });
  }

  /** Looks again once it is its turn: somebody may just have made the account. */
  private static Future<User> findOrMake(SqlConnection connection, Applications.Admit wish) {
    return find(connection, wish)
        .compose(
            found ->
                found.isPresent()
                    ? follow(connection, wish, found.get())
                    : connection
                        .query(UserStore.ONE_AT_A_TIME)
                        .execute()
                        .compose(turn -> find(connection, wish))
                        .compose(
                            again ->
                                again.isPresent()
                                    ? follow(connection, wish, again.get())
                                    : make(connection, wish)));
  }

  private static Future<Optional<Row>> find(SqlConnection connection, Applications.Admit wish) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(wish.applicationId(), wish.subject()))
        .map(rows -> Optional.ofNullable(Rows.first(rows)));
  }

  private static Future<User> make(SqlConnection connection, Applications.Admit wish) {
    return UserStore.make(connection, wish.account())
        .compose(
            user ->
                connection
                    .preparedQuery(LINK)
                    .execute(
                        Tuple.of(
                            wish.applicationId(), wish.subject(), user.id(), user.displayName()))
                    .map(user));
  }

  /** A name that its owner has not changed follows the platform's. */
  private static Future<User> follow(SqlConnection connection, Applications.Admit wish, Row found) {
    if (found.getBoolean("disabled")) {
      throw Problem.FORBIDDEN.because("This account is disabled");
    }
    User user = UserStore.user(found);
    String given = found.getString("given_name");
    String name = wish.account().displayName();
    if (name.equals(given) || !wish.isNamed() || !user.displayName().equals(given)) {
      return Future.succeededFuture(user);
    }
    Tuple renamed = Tuple.of(user.id(), name, wish.account().displayKey());
    return connection
        .preparedQuery(RENAME)
        .execute(renamed)
        .compose(
            done ->
                connection
                    .preparedQuery(NOTE_NAME)
                    .execute(Tuple.of(wish.applicationId(), wish.subject(), name)))
        .compose(done -> find(connection, wish))
        .map(row -> UserStore.user(row.orElseThrow()));
  }
}
