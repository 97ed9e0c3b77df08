package chat.parley.persistence;

import static chat.parley.persistence.SessionStore.bytes;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Factors;
import chat.parley.model.LetterKind;
import chat.parley.model.Limit;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Authenticator apps and recovery codes. Whatever uses one up is a single update under the row's
 * lock, so that of many uses at once one counts.
 */
final class SecondFactorStore {
  private static final String OVERVIEW =
      """
      select confirmed_at is not null as confirmed, recovery_left from second_factors where user_id = $1""";

  /** A wish that nobody confirmed is forgotten after a quarter of an hour. */
  static final String GET =
      """
      select secret, confirmed_at is not null as confirmed, last_step from second_factors
      where user_id = $1 and (confirmed_at is not null or set_up_at > now() - interval '15 minutes')""";

  private static final String CREATE =
      """
      insert into second_factors (user_id, secret) values ($1, $2)
      on conflict (user_id) do update set secret = excluded.secret, set_up_at = now()
      where second_factors.confirmed_at is null""";

  private static final String CONFIRM =
      """
      update second_factors
      set confirmed_at = now(), last_step = $3, attempts = 0, recovery_hashes = $4::bytea[], recovery_set_at = now()
      where user_id = $1 and secret = $2 and confirmed_at is null""";

  private static final String REMOVE =
      "delete from second_factors where user_id = $1 returning confirmed_at is not null as confirmed";

  private static final String COUNT =
      """
      update second_factors
      set attempts = case when attempts_since > now() - make_interval(secs => $3) then attempts + 1 else 1 end,
        attempts_since = case when attempts_since > now() - make_interval(secs => $3) then attempts_since else now() end
      where user_id = $1 and (attempts < $2 or attempts_since <= now() - make_interval(secs => $3))""";

  private static final String SECONDS_LEFT =
      """
      select ceil(extract(epoch from attempts_since + make_interval(secs => $2) - now()))::integer as seconds
      from second_factors where user_id = $1""";

  private static final String SPEND =
      """
      update second_factors set last_step = $2, attempts = 0
      where user_id = $1 and confirmed_at is not null and last_step < $2""";

  private static final String REPLACE_RECOVERY_CODES =
      """
      update second_factors set recovery_hashes = $2::bytea[], recovery_set_at = now()
      where user_id = $1 and confirmed_at is not null""";

  private static final String SPEND_RECOVERY_CODE =
      """
      update second_factors set recovery_hashes = array_remove(recovery_hashes, $2::bytea), attempts = 0
      where user_id = $1 and confirmed_at is not null and $2::bytea = any(recovery_hashes)""";

  private final Postgres postgres;

  SecondFactorStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** What an account has beside its password. */
  Future<Factors.Overview> overview(UUID userId) {
    return postgres
        .read(PasskeyStore.LIST, Tuple.of(userId))
        .map(rows -> Rows.list(rows, PasskeyStore::shown))
        .compose(
            passkeys ->
                postgres
                    .read(OVERVIEW, Tuple.of(userId))
                    .map(rows -> overview(Rows.first(rows), passkeys)));
  }

  private static Factors.Overview overview(Row row, List<Factors.Passkey> passkeys) {
    return row == null
        ? new Factors.Overview(false, 0, passkeys)
        : new Factors.Overview(
            row.getBoolean("confirmed"), row.getInteger("recovery_left"), passkeys);
  }

  /** The secret that is in force, or waits for its first code. */
  Future<Optional<Factors.Totp>> find(UUID userId) {
    return postgres
        .read(GET, Tuple.of(userId))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(SecondFactorStore::totp));
  }

  private static Factors.Totp totp(Row row) {
    return new Factors.Totp(
        row.getBuffer("secret").getBytes(), row.getBoolean("confirmed"), row.getLong("last_step"));
  }

  /** In the place of one that was never confirmed; fails with CONFLICT when one is in force. */
  Future<Void> create(Factors.NewTotp wish) {
    Tuple values = Tuple.of(wish.actor().userId(), bytes(wish.secret()));
    return postgres.write(
        wish.actor(), connection -> change(connection, CREATE, values, inForce()));
  }

  /** Fails with CONFLICT when it is in force already, or was set up anew meanwhile. */
  Future<Void> confirm(Factors.ConfirmTotp wish) {
    UUID owner = wish.actor().userId();
    Tuple values =
        Tuple.of(owner, bytes(wish.secret()), wish.step(), hashes(wish.recoveryHashes()));
    return postgres.write(
        wish.actor(),
        connection ->
            change(connection, CONFIRM, values, inForce())
                .compose(on -> AuditStore.note(connection, Act.TOTP_ON, owner))
                .compose(on -> Notices.tell(connection, owner, LetterKind.SECOND_FACTOR_ON)));
  }

  /** Fails with NOT_FOUND when there is none. */
  Future<Void> remove(Actor actor) {
    return postgres.write(
        actor,
        connection ->
            connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(actor.userId()))
                .compose(rows -> removed(connection, actor.userId(), Rows.first(rows))));
  }

  /** A wish that was never confirmed is not worth a letter. */
  private static Future<Void> removed(SqlConnection connection, UUID owner, Row gone) {
    if (gone == null) {
      throw Problem.NOT_FOUND.because("Codes are off");
    }
    return gone.getBoolean("confirmed")
        ? AuditStore.note(connection, Act.TOTP_OFF, owner)
            .compose(off -> Notices.tell(connection, owner, LetterKind.SECOND_FACTOR_OFF))
        : Future.succeededFuture();
  }

  /**
   * Counts an attempt, on whatever node; fails with TOO_MANY_REQUESTS when there were as many as
   * may be since the last that was right.
   */
  Future<Void> count(Actor actor) {
    double seconds = Limit.CODES_BY_USER.period().toSeconds();
    return postgres.write(
        actor,
        connection ->
            connection
                .preparedQuery(COUNT)
                .execute(Tuple.of(actor.userId(), Limit.CODES_BY_USER.most(), seconds))
                .compose(
                    counted ->
                        counted.rowCount() == 1
                            ? Future.succeededFuture()
                            : refuse(connection, actor.userId(), seconds)));
  }

  private static Future<Void> refuse(SqlConnection connection, UUID userId, double seconds) {
    return connection
        .preparedQuery(SECONDS_LEFT)
        .execute(Tuple.of(userId, seconds))
        .map(
            rows -> {
              Row row = Rows.first(rows);
              int left = row == null ? 1 : Math.max(1, row.getInteger("seconds"));
              throw Problem.TOO_MANY_REQUESTS.retryAfter(left, "Try again in " + left + " s");
            });
  }

  /** False when this code, or a later one, was used before. */
  Future<Boolean> spend(Factors.SpendStep wish) {
    return spent(wish.actor(), SPEND, Tuple.of(wish.actor().userId(), wish.step()));
  }

  /** Fails with CONFLICT when no app is in force. */
  Future<Void> replaceRecoveryCodes(Factors.NewRecoveryCodes wish) {
    Tuple values = Tuple.of(wish.actor().userId()).addValue(hashes(wish.hashes()));
    Failure off = Problem.CONFLICT.because("Set up an authenticator app first");
    return postgres.write(
        wish.actor(),
        connection ->
            change(connection, REPLACE_RECOVERY_CODES, values, off)
                .compose(
                    done ->
                        AuditStore.note(connection, Act.RECOVERY_CODES, wish.actor().userId())));
  }

  /** False when there is no such code, or no more. */
  Future<Boolean> spendRecoveryCode(Factors.SpendRecoveryCode wish) {
    return spent(
        wish.actor(), SPEND_RECOVERY_CODE, Tuple.of(wish.actor().userId(), bytes(wish.hash())));
  }

  private Future<Boolean> spent(Actor actor, String sql, Tuple values) {
    return postgres.write(
        actor,
        connection ->
            connection.preparedQuery(sql).execute(values).map(rows -> rows.rowCount() == 1));
  }

  private static Future<Void> change(
      SqlConnection connection, String sql, Tuple values, Failure otherwise) {
    return connection
        .preparedQuery(sql)
        .execute(values)
        .map(
            rows -> {
              if (rows.rowCount() == 0) {
                throw otherwise;
              }
              return null;
            });
  }

  private static Failure inForce() {
    return Problem.CONFLICT.because("An authenticator app is set up already");
  }

  private static Buffer[] hashes(List<byte[]> hashes) {
    return hashes.stream().map(Buffer::buffer).toArray(Buffer[]::new);
  }
}
