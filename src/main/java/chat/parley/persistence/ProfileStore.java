package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Accounts;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** What people say of themselves. A change is one row; their rooms hear of it by {@link Rounds}. */
final class ProfileStore {
  private static final String CHANGE =
      """
      with was as (select id, username, display_name from users where id = $1 and disabled_at is null for update)
      update users u set
        username = coalesce($2, u.username), username_key = coalesce($3, u.username_key),
        username_skeleton = coalesce($8::text, u.username_skeleton),
        display_name = coalesce($4, u.display_name), display_key = coalesce($5, u.display_key),
        time_zone = case when $6::text is null then u.time_zone else nullif($6::text, '') end,
        status_text = case when $7::text is null then u.status_text else nullif($7::text, '') end
      from was where u.id = was.id
      returning (u.username, u.display_name) is distinct from (was.username, was.display_name) as looks_different
      """;

  private static final String NEXT_VERSION =
      "update user_heads set version = version + 1 where user_id = $1 returning version";

  private final Postgres postgres;
  private final Rounds rounds;

  ProfileStore(Postgres postgres, Rounds rounds) {
    this.postgres = postgres;
    this.rounds = rounds;
  }

  /** Fails with NAME_TAKEN. */
  Future<Outcome<Account>> change(Accounts.NewProfile profile) {
    UUID userId = profile.actor().userId();
    return postgres
        .write(
            profile.actor(),
            connection ->
                update(connection, profile)
                    .compose(
                        different ->
                            different
                                ? Rounds.showAnew(connection, userId)
                                : Future.succeededFuture())
                    .compose(asked -> told(connection, userId)))
        .onSuccess(changed -> rounds.goOn());
  }

  private static Future<Boolean> update(SqlConnection connection, Accounts.NewProfile profile) {
    Tuple values =
        Tuple.of(profile.actor().userId(), profile.username(), profile.usernameKey())
            .addValue(profile.displayName())
            .addValue(profile.displayKey())
            .addValue(profile.timeZone())
            .addValue(profile.statusText())
            .addValue(profile.username() == null ? null : Skeleton.of(profile.username()));
    return connection
        .preparedQuery(CHANGE)
        .execute(values)
        .recover(cause -> Future.failedFuture(UserStore.taken(cause)))
        .map(
            rows -> {
              Row row = Rows.first(rows);
              if (row == null) {
                throw Problem.UNAUTHENTICATED.failure();
              }
              return row.getBoolean("looks_different");
            });
  }

  /** The account as it is now, and the news of it for the person's own devices. */
  static Future<Outcome<Account>> told(SqlConnection connection, UUID userId) {
    return connection
        .preparedQuery(UserStore.ME)
        .execute(Tuple.of(userId))
        .map(UserStore::account)
        .compose(
            account ->
                connection
                    .preparedQuery(NEXT_VERSION)
                    .execute(Tuple.of(userId))
                    .map(rows -> outcome(account, Rows.first(rows).getLong("version"))));
  }

  private static Outcome<Account> outcome(Account account, long version) {
    UserEvent changed = new UserEvent.UserChanged(version, account.user());
    return new Outcome<>(account, List.of(), List.of(UserNotice.of(account.user().id(), changed)));
  }
}
