package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.LetterKind;
import chat.parley.model.Recovery;
import chat.parley.model.Recovery.Purpose;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Passwords that are changed or were forgotten. Either way every session ends in the same
 * transaction, every link in a letter dies, and the owner is told by mail.
 */
final class PasswordStore {
  static final String BY_EMAIL = "select id from users where email_key = $1";

  static final String LETTERS_LATELY =
      """
      select count(*) from letters
      where user_id = $1 and created_at > now() - interval '1 hour' and kind = any($2)""";

  private static final String SET =
      "update users set password_hash = $2, password_set_at = now() where id = $1";

  /** Who got the link reads what goes there. */
  private static final String PROVED =
      """
      update users set email_verified_at = now()
      where id = $1 and email_key = $2 and email_verified_at is null""";

  private static final int RESETS_AN_HOUR = 3;

  private final Postgres postgres;

  PasswordStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Sends a link to a new password, to the address as it stands in the account: at most three an
   * hour. Nobody is told whether there is such an account.
   */
  Future<Void> askReset(Recovery.NewReset wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(BY_EMAIL)
                .execute(Tuple.of(wish.emailKey()))
                .compose(
                    rows ->
                        Rows.first(rows) == null
                            ? AuditStore.note(connection, Act.PASSWORD_RESET_ASKED, Map.of())
                            : askReset(connection, Rows.first(rows).getUUID("id"), wish)));
  }

  private static Future<Void> askReset(
      SqlConnection connection, UUID userId, Recovery.NewReset wish) {
    return send(connection, userId, wish)
        .compose(sent -> AuditStore.note(connection, Act.PASSWORD_RESET_ASKED, userId));
  }

  private static Future<Void> send(SqlConnection connection, UUID userId, Recovery.NewReset wish) {
    return LinkStore.hold(connection, userId)
        .map(owner -> owner.filter(each -> wish.emailKey().equals(each.emailKey())))
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture()
                    : lettersLately(connection, userId, LetterKind.PASSWORD_RESET)
                        .compose(
                            lately ->
                                lately >= RESETS_AN_HOUR
                                    ? Future.succeededFuture()
                                    : send(connection, owner.get(), wish)));
  }

  private static Future<Void> send(
      SqlConnection connection, LinkStore.Owner owner, Recovery.NewReset wish) {
    String[] address = {owner.email(), owner.emailKey()};
    UUID link = wish.link().id();
    return LinkStore.make(connection, owner.id(), Purpose.PASSWORD, address, wish.link())
        .compose(
            made ->
                MailStore.enqueue(
                    connection,
                    new NewLetter(LetterKind.PASSWORD_RESET, owner.id(), owner.email(), link)));
  }

  /** How many letters of these kinds the account caused in the last hour. */
  static Future<Long> lettersLately(SqlConnection connection, UUID userId, LetterKind... kinds) {
    String[] stored = List.of(kinds).stream().map(Rows::stored).toArray(String[]::new);
    return connection
        .preparedQuery(LETTERS_LATELY)
        .execute(Tuple.of(userId).addValue(stored))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** Fails with LINK_INVALID; gives the sessions that ended. */
  Future<List<UUID>> reset(Recovery.ResetPassword wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            LinkStore.use(connection, Purpose.PASSWORD, wish.linkHash())
                .compose(
                    used ->
                        connection
                            .preparedQuery(PROVED)
                            .execute(Tuple.of(used.owner().id(), used.emailKey()))
                            .compose(
                                proved -> set(connection, used.owner(), wish.passwordHash(), true))
                            .compose(
                                ended ->
                                    noted(connection, Act.PASSWORD_RESET, used.owner(), ended))));
  }

  /** Fails with UNAUTHENTICATED for an account that is gone; gives the sessions that ended. */
  Future<List<UUID>> change(Recovery.SetPassword wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            LinkStore.hold(connection, wish.actor().userId())
                .map(PasswordStore::orGone)
                .compose(
                    owner ->
                        set(connection, owner, wish.passwordHash(), false)
                            .compose(
                                ended -> noted(connection, Act.PASSWORD_CHANGE, owner, ended))));
  }

  private static Future<List<UUID>> noted(
      SqlConnection connection, Act act, LinkStore.Owner owner, List<UUID> ended) {
    Map<String, ?> details = Map.of("sessions", ended.size());
    return AuditStore.note(connection, act, Map.of("id", owner.id()), details).map(ended);
  }

  private static LinkStore.Owner orGone(Optional<LinkStore.Owner> owner) {
    return owner.orElseThrow(Problem.UNAUTHENTICATED::failure);
  }

  /** Who asked for a link may have lost the account to somebody: then the keys end as well. */
  private static Future<List<UUID>> set(
      SqlConnection connection, LinkStore.Owner owner, String passwordHash, boolean keysToo) {
    NewLetter notice = new NewLetter(LetterKind.PASSWORD_CHANGED, owner.id(), owner.email(), null);
    return connection
        .preparedQuery(SET)
        .execute(Tuple.of(owner.id(), passwordHash))
        .compose(set -> LinkStore.end(connection, owner.id(), null))
        .compose(ended -> MailStore.enqueue(connection, notice))
        .compose(told -> SessionStore.endAll(connection, owner.id(), null, keysToo));
  }
}
