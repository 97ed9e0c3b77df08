package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Accounts;
import chat.parley.model.Act;
import chat.parley.model.Fold;
import chat.parley.model.Role;
import chat.parley.model.User;
import chat.parley.model.Users;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Accounts: made once, looked up by id, by login and by the beginning of a name. */
final class UserStore {
  private static final int MOST_FOUND = 200;

  /** Registrations take turns, so that exactly one of several first ones sees an empty table. */
  static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(7310868735422112001)";

  private static final String CREATE =
      """
      insert into users (id, username, username_key, display_name, display_key, email, email_key, password_hash, username_skeleton, role)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      returning id as user_id, username, display_name, avatar_url, role, status_text""";

  private static final String CREATE_HEAD = "insert into user_heads (user_id) values ($1)";

  private static final String ANY = "select exists (select from users where deleted_at is null)";

  static final String GET =
      """
      select id as user_id, username, display_name, avatar_url, role, status_text from users where id = $1""";

  static final String ME =
      """
      select id as user_id, username, display_name, avatar_url, role, status_text, email, time_zone,
        email_verified_at is not null as email_verified, password_hash is not null as has_password,
        (select t.email from mail_tokens t
          where t.user_id = u.id and t.purpose = 'email' and t.ended_at is null and t.expires_at > now()
            and t.email_key is distinct from u.email_key) as pending_email
      from users u where id = $1""";

  static final String FIND_BY_LOGIN =
      """
      select id as user_id, username, display_name, avatar_url, role, status_text, password_hash, disabled_at is not null as disabled
      from users where username_key = $1 or email_key = $1""";

  static final String FIND_BY_ID =
      """
      select id as user_id, username, display_name, avatar_url, role, status_text, password_hash, disabled_at is not null as disabled
      from users where id = $1""";

  /**
   * Two index ranges, each cut where it has given enough; the whole name first, then user names,
   * then display names.
   */
  private static final String SEARCH =
      """
      (select id as user_id, username, display_name, avatar_url, role, status_text, username_key,
          case when username_key = $1 then 0 else 2 end as distance
        from users where username_key >= $1 and username_key < $2 and disabled_at is null
        order by username_key limit $3)
      union all
      (select id as user_id, username, display_name, avatar_url, role, status_text, username_key,
          case when display_key = $1 then 1 else 3 end as distance
        from users where display_key >= $1 and display_key < $2 and disabled_at is null
          and not (username_key >= $1 and username_key < $2)
        order by display_key, username_key limit $3)
      order by distance, username_key limit $3""";

  private final Postgres postgres;

  UserStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Fails with NAME_TAKEN, and as {@link RegistrationStore#admit} does. */
  Future<User> create(Accounts.NewAccount account) {
    return postgres.write(
        account.actor().as(account.id()), connection -> make(connection, account));
  }

  /** The same, as part of a transaction. */
  static Future<User> make(SqlConnection connection, Accounts.NewAccount account) {
    return connection
        .query(ONE_AT_A_TIME)
        .execute()
        .compose(locked -> RegistrationStore.admit(connection, account.entry()))
        .compose(
            admitted ->
                insert(connection, account, admitted.role())
                    .compose(
                        user ->
                            connection
                                .preparedQuery(CREATE_HEAD)
                                .execute(Tuple.of(user.id()))
                                .compose(counted -> sendLink(connection, account))
                                .compose(sent -> note(connection, user, admitted))
                                .map(user)));
  }

  private static Future<Void> note(
      SqlConnection connection, User user, RegistrationStore.Admitted admitted) {
    return AuditStore.note(
        connection,
        Act.REGISTER,
        Map.of("id", user.id()),
        admitted.inviteId() == null ? Map.of() : Map.of("invite", admitted.inviteId()));
  }

  /** Whether there is an account yet. */
  Future<Boolean> any() {
    return postgres.read(ANY, Tuple.tuple()).map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static Future<User> insert(
      SqlConnection connection, Accounts.NewAccount account, Role role) {
    Tuple values =
        Tuple.of(account.id(), account.username(), account.usernameKey(), account.displayName())
            .addValue(account.displayKey())
            .addValue(account.email())
            .addValue(account.emailKey())
            .addValue(account.passwordHash())
            .addValue(Skeleton.of(account.username()))
            .addValue(Rows.stored(role));
    return connection
        .preparedQuery(CREATE)
        .execute(values)
        .recover(cause -> Future.failedFuture(taken(cause)))
        .map(rows -> user(Rows.first(rows)));
  }

  private static Future<Void> sendLink(SqlConnection connection, Accounts.NewAccount account) {
    String[] address = {account.email(), account.emailKey()};
    return account.emailLink() == null
        ? Future.succeededFuture()
        : EmailStore.sendLink(connection, account.id(), address, account.emailLink());
  }

  static Throwable taken(Throwable cause) {
    return switch (Postgres.brokenConstraint(cause)) {
      case "users_username_taken" -> Problem.NAME_TAKEN.at("/username", "is taken");
      case "users_username_looks_taken" ->
          Problem.NAME_TAKEN.at("/username", "looks too much like a name that is taken");
      case "users_email_taken" -> Problem.NAME_TAKEN.at("/email", "is taken");
      default -> cause;
    };
  }

  private static User found(RowSet<Row> rows, Problem otherwise) {
    if (rows.size() == 0) {
      throw otherwise.failure();
    }
    return user(rows.iterator().next());
  }

  /** One's own account. */
  Future<Account> me(UUID userId) {
    return postgres.read(ME, Tuple.of(userId)).map(UserStore::account);
  }

  /** A row of {@link #ME}; fails with NOT_FOUND without one. */
  static Account account(RowSet<Row> rows) {
    User user = found(rows, Problem.NOT_FOUND);
    Row row = Rows.first(rows);
    return new Account(
        user,
        row.getString("email"),
        row.getBoolean("email_verified"),
        row.getBoolean("has_password"),
        row.getString("pending_email"),
        row.getString("time_zone"));
  }

  /** One person, as anybody who is signed in may see them. */
  Future<User> get(Users.Get wanted) {
    return postgres
        .read(GET, Tuple.of(wanted.userId()))
        .map(rows -> found(rows, Problem.NOT_FOUND));
  }

  /** The account whose user name or e-mail address has this key. */
  Future<Optional<Accounts.WithPassword>> findByLogin(String key) {
    return postgres
        .read(FIND_BY_LOGIN, Tuple.of(key))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(UserStore::withPassword));
  }

  /** The account with its password's hash, for its owner to prove who they are. */
  Future<Optional<Accounts.WithPassword>> findById(UUID userId) {
    return postgres
        .read(FIND_BY_ID, Tuple.of(userId))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(UserStore::withPassword));
  }

  /** People whose user name or display name begins so; O(limit · log users). */
  Future<List<User>> search(Users.Search wish) {
    String from = Fold.key(wish.q().strip());
    // PostgreSQL knows no NUL, and no name has one.
    if (from.indexOf(0) >= 0) {
      return Future.succeededFuture(List.of());
    }
    String to = from + Character.toString(Character.MAX_CODE_POINT);
    int limit = Math.max(1, Math.min(wish.limit(), MOST_FOUND));
    return postgres
        .read(SEARCH, Tuple.of(from, to, limit))
        .map(rows -> Rows.list(rows, UserStore::user));
  }

  private static Accounts.WithPassword withPassword(Row row) {
    return new Accounts.WithPassword(
        user(row), row.getString("password_hash"), row.getBoolean("disabled"));
  }

  /**
   * Columns user_id, username, display_name, avatar_url, role; and status_text, where people look
   * at each other and not only the server at them.
   */
  static User user(Row row) {
    return new User(
        row.getUUID("user_id"),
        row.getString("username"),
        row.getString("display_name"),
        row.getString("avatar_url"),
        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        row.getColumnIndex("status_text") < 0 ? null : row.getString("status_text"));
  }
}
