package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Recovery.FindLink;
import chat.parley.model.Recovery.NewLink;
import chat.parley.model.Recovery.Purpose;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/**
 * Links in letters. Whoever makes or uses one holds the account's row, so that two at a time take
 * turns: of a purpose only the newest lives, and it works once.
 */
final class LinkStore {
  /** An account that may be changed, held until the end of the transaction. */
  record Owner(UUID id, String email, String emailKey, boolean verified) {}

  /** A link that has just been used up. */
  record Used(Owner owner, String email, String emailKey) {}

  static final String FIND =
      """
      select t.user_id from mail_tokens t join users u on u.id = t.user_id
      where t.hash = $1 and t.purpose = $2 and t.ended_at is null and t.expires_at > now()
        and u.disabled_at is null""";

  static final String HOLD_OWNER =
      """
      select id, email, email_key, email_verified_at is not null as verified
      from users where id = $1 and disabled_at is null for no key update""";

  private static final String END =
      """
      update mail_tokens set ended_at = now()
      where user_id = $1 and ($2::text is null or purpose = $2) and ended_at is null
      returning id""";

  /** A letter with a dead link would only confuse. */
  private static final String DROP_LETTERS =
      """
      update letters set failed_at = now(), last_error = 'its link was replaced or used before it was sent'
      where user_id = $1 and reference = any($2) and sent_at is null and failed_at is null""";

  private static final String FORGET_OLD =
      "delete from mail_tokens where user_id = $1 and created_at < now() - interval '30 days'";

  private static final String ADD =
      """
      insert into mail_tokens (id, user_id, purpose, email, email_key, hash, expires_at)
      select $1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::bytea,
        now() + case when $3::text = 'password' then interval '10 minutes' else interval '24 hours' end""";

  private static final String BEGIN =
      """
      update mail_tokens
      set expires_at = now() + case when purpose = 'password' then interval '10 minutes' else interval '24 hours' end
      where id = any($1) and ended_at is null""";

  private static final String USE =
      """
      update mail_tokens set ended_at = now()
      where hash = $1 and purpose = $2 and ended_at is null and expires_at > now()
      returning email, email_key""";

  private final Postgres postgres;

  LinkStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Whose link it is, if it may still be used. */
  Future<Optional<UUID>> find(FindLink wish) {
    return postgres
        .read(FIND, Tuple.of(SessionStore.bytes(wish.hash()), Rows.stored(wish.purpose())))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(row -> row.getUUID("user_id")));
  }

  /** Empty when there is no such account, or it is disabled. */
  static Future<Optional<Owner>> hold(SqlConnection connection, UUID userId) {
    return connection
        .preparedQuery(HOLD_OWNER)
        .execute(Tuple.of(userId))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(LinkStore::owner));
  }

  private static Owner owner(Row row) {
    return new Owner(
        row.getUUID("id"),
        row.getString("email"),
        row.getString("email_key"),
        row.getBoolean("verified"));
  }

  /** Makes a link to this address the only one of its purpose. */
  static Future<Void> make(
      SqlConnection connection, UUID userId, Purpose purpose, String[] address, NewLink link) {
    Tuple row =
        Tuple.of(link.id(), userId, Rows.stored(purpose), address[0], address[1])
            .addValue(SessionStore.bytes(link.hash()));
    return end(connection, userId, purpose)
        .compose(ended -> connection.preparedQuery(FORGET_OLD).execute(Tuple.of(userId)))
        .compose(forgotten -> connection.preparedQuery(ADD).execute(row))
        .mapEmpty();
  }

  /** Ends the links of an account, of one purpose or of all (null), and letters that carry them. */
  static Future<Void> end(SqlConnection connection, UUID userId, Purpose purpose) {
    return connection
        .preparedQuery(END)
        .execute(Tuple.of(userId, purpose == null ? null : Rows.stored(purpose)))
        .map(rows -> Rows.list(rows, row -> row.getUUID("id")).toArray(UUID[]::new))
        .compose(
            ids -> connection.preparedQuery(DROP_LETTERS).execute(Tuple.of(userId).addValue(ids)))
        .mapEmpty();
  }

  /** The time of these links begins now. */
  static Future<Void> begin(SqlConnection connection, UUID[] ids) {
    return ids.length == 0
        ? Future.succeededFuture()
        : connection.preparedQuery(BEGIN).execute(Tuple.tuple().addValue(ids)).mapEmpty();
  }

  /** Uses a link up; fails with LINK_INVALID when it is unknown, used, too old or replaced. */
  static Future<Used> use(SqlConnection connection, Purpose purpose, byte[] hash) {
    Tuple link = Tuple.of(SessionStore.bytes(hash), Rows.stored(purpose));
    return connection
        .preparedQuery(FIND)
        .execute(link)
        .map(rows -> orInvalid(Optional.ofNullable(Rows.first(rows))).getUUID("user_id"))
        .compose(userId -> hold(connection, userId))
        .map(LinkStore::orInvalid)
        .compose(
            owner ->
                // A second look, as only its snapshot sees what the previous holder did.
                connection
                    .preparedQuery(USE)
                    .execute(link)
                    .map(rows -> orInvalid(Optional.ofNullable(Rows.first(rows))))
                    .map(
                        row ->
                            new Used(owner, row.getString("email"), row.getString("email_key"))));
  }

  private static <T> T orInvalid(Optional<T> found) {
    return found.orElseThrow(Problem.LINK_INVALID::failure);
  }
}
