package chat.parley.persistence;

import static chat.parley.persistence.SessionStore.atLeastOne;
import static chat.parley.persistence.SessionStore.bytes;
import static chat.parley.persistence.SessionStore.time;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Factors;
import chat.parley.model.LetterKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Passkeys, at most {@link #MOST} an account, and which challenges they have answered. */
final class PasskeyStore {
  static final int MOST = 20;

  static final String LIST =
      """
      select id, name, created_at, last_used_at from passkeys where user_id = $1 order by created_at, id""";

  static final String GET =
      "select user_id, credential_id, public_key, sign_count from passkeys where credential_id = $1";

  private static final String OF =
      "select user_id, credential_id, public_key, sign_count from passkeys where user_id = $1";

  /** Additions to one account take turns. */
  private static final String LOCK = "select id from users where id = $1 for no key update";

  private static final String CREATE =
      """
      insert into passkeys (id, user_id, name, credential_id, public_key, sign_count)
      select $1::uuid, $2::uuid, $3::text, $4::bytea, $5::bytea, $6::bigint
      where (select count(*) from passkeys where user_id = $2) < $7
      returning id, name, created_at, last_used_at""";

  /** A count that does not rise comes from a copy; some keys do not count and stay at 0. */
  static final String USE =
      """
      update passkeys p set sign_count = $3, last_used_at = now() from users u
      where p.credential_id = $1 and p.user_id = coalesce($2::uuid, p.user_id) and u.id = p.user_id
        and (p.sign_count < $3 or p.sign_count = 0 and $3 = 0)
      returning u.id as user_id, u.username, u.display_name, u.avatar_url, u.role, u.status_text,
        u.disabled_at is not null as disabled""";

  private static final String REMOVE = "delete from passkeys where id = $1 and user_id = $2";

  private static final String ANSWER =
      """
      insert into answered_challenges (challenge, expires_at) values ($1, $2) on conflict do nothing""";

  /** Long after they are too old, as clocks differ. */
  static final String FORGET_ANSWERED =
      "delete from answered_challenges where expires_at < now() - interval '1 hour'";

  private final Postgres postgres;

  PasskeyStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Fails with CONFLICT when this passkey is known or there are enough, with INVALID when the
   * challenge was answered before.
   */
  Future<Factors.Passkey> create(Factors.NewPasskey passkey) {
    return postgres.write(
        passkey.actor(),
        connection ->
            answer(connection, passkey.answered())
                .compose(
                    first ->
                        first
                            ? insert(connection, passkey)
                            : Future.failedFuture(
                                Problem.INVALID.at("/challengeId", "is used up"))));
  }

  private static Future<Factors.Passkey> insert(
      SqlConnection connection, Factors.NewPasskey passkey) {
    UUID owner = passkey.actor().userId();
    Tuple values =
        Tuple.of(passkey.id(), owner, passkey.name(), bytes(passkey.credentialId()))
            .addValue(bytes(passkey.publicKey()))
            .addValue(passkey.signCount())
            .addValue(MOST);
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(owner))
        .compose(locked -> connection.preparedQuery(CREATE).execute(values))
        .recover(cause -> Future.failedFuture(known(cause)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.CONFLICT.because("An account has at most " + MOST + " passkeys");
              }
              return shown(Rows.first(rows));
            })
        .compose(
            made ->
                AuditStore.note(connection, Act.PASSKEY_ADD, made.id())
                    .compose(noted -> Notices.tell(connection, owner, LetterKind.PASSKEY_ADDED))
                    .map(told -> made));
  }

  private static Throwable known(Throwable cause) {
    return Postgres.brokenConstraint(cause).equals("passkeys_credential_known")
        ? Problem.CONFLICT.because("This passkey is known already")
        : cause;
  }

  Future<Optional<Factors.StoredPasskey>> find(byte[] credentialId) {
    return postgres
        .read(GET, Tuple.of(bytes(credentialId)))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(PasskeyStore::stored));
  }

  Future<List<Factors.StoredPasskey>> of(UUID userId) {
    return postgres.read(OF, Tuple.of(userId)).map(rows -> Rows.list(rows, PasskeyStore::stored));
  }

  /**
   * Whose it is; empty when the challenge was answered before, the count did not rise, or the
   * passkey is gone.
   */
  Future<Optional<Factors.Owner>> use(Factors.UsePasskey use) {
    Tuple values = Tuple.of(bytes(use.credentialId()), use.ownerId(), use.signCount());
    return postgres.write(
        new Actor(use.ownerId(), use.requestId()),
        connection ->
            answer(connection, use.answered())
                .compose(
                    first ->
                        first
                            ? connection
                                .preparedQuery(USE)
                                .execute(values)
                                .map(
                                    rows ->
                                        Optional.ofNullable(Rows.first(rows))
                                            .map(PasskeyStore::owner))
                            : Future.succeededFuture(Optional.empty())));
  }

  /** Fails with NOT_FOUND when it is not the actor's. */
  Future<Void> remove(Factors.DeletePasskey wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(wish.id(), wish.actor().userId()))
                .map(rows -> atLeastOne(rows, Problem.NOT_FOUND))
                .compose(gone -> AuditStore.note(connection, Act.PASSKEY_REMOVE, wish.id()))
                .compose(
                    gone ->
                        Notices.tell(
                            connection, wish.actor().userId(), LetterKind.PASSKEY_REMOVED)));
  }

  /** Whether this is the first answer. */
  private static Future<Boolean> answer(SqlConnection connection, Factors.Answered answered) {
    return connection
        .query(FORGET_ANSWERED)
        .execute()
        .compose(
            forgotten ->
                connection
                    .preparedQuery(ANSWER)
                    .execute(Tuple.of(bytes(answered.challenge()), time(answered.expiresAt()))))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Factors.StoredPasskey stored(Row row) {
    return new Factors.StoredPasskey(
        row.getUUID("user_id"),
        row.getBuffer("credential_id").getBytes(),
        row.getBuffer("public_key").getBytes(),
        row.getLong("sign_count"));
  }

  private static Factors.Owner owner(Row row) {
    return new Factors.Owner(UserStore.user(row), row.getBoolean("disabled"));
  }

  static Factors.Passkey shown(Row row) {
    return new Factors.Passkey(
        row.getUUID("id"),
        row.getString("name"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "last_used_at"));
  }
}
