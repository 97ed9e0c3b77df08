package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.LetterKind;
import chat.parley.model.Recovery;
import chat.parley.model.Recovery.NewLink;
import chat.parley.model.Recovery.Purpose;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Addresses of accounts, and the proof that they are their owner's. */
final class EmailStore {
  private static final int LETTERS_AN_HOUR = 10;

  /** Only who has proved an address keeps others from it. */
  static final String PROVED_BY_ANOTHER =
      """
      select exists (select from users where email_key = $1 and id <> $2 and email_verified_at is not null)""";

  static final String PENDING =
      """
      select email, email_key from mail_tokens
      where user_id = $1 and purpose = 'email' and ended_at is null and expires_at > now()""";

  /** From somebody who never proved it. */
  private static final String TAKE_AWAY =
      """
      update users set email = null, email_key = null
      where email_key = $1 and id <> $2 and email_verified_at is null""";

  private static final String SET =
      """
      update users set email = $2, email_key = $3, email_verified_at = now() where id = $1""";

  private final Postgres postgres;

  EmailStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Sends a link to an address that the actor calls theirs. Whether it is another's already is only
   * told to that address, in another letter without a link.
   */
  Future<Void> ask(Recovery.NewEmail wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            held(connection, wish.actor())
                .compose(
                    owner ->
                        send(
                            connection,
                            owner.id(),
                            new String[] {wish.email(), wish.emailKey()},
                            wish.link()))
                .compose(
                    sent ->
                        AuditStore.note(
                            connection, Act.EMAIL_CHANGE_ASKED, wish.actor().userId())));
  }

  /** The same for the address that still lacks a proof; fails with CONFLICT when none does. */
  Future<Void> prove(Recovery.ProveEmail wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            held(connection, wish.actor())
                .compose(
                    owner ->
                        unproved(connection, owner)
                            .compose(
                                address -> send(connection, owner.id(), address, wish.link()))));
  }

  private static Future<LinkStore.Owner> held(SqlConnection connection, Actor actor) {
    return LinkStore.hold(connection, actor.userId())
        .map(owner -> owner.orElseThrow(Problem.UNAUTHENTICATED::failure));
  }

  private static Future<String[]> unproved(SqlConnection connection, LinkStore.Owner owner) {
    return connection
        .preparedQuery(PENDING)
        .execute(Tuple.of(owner.id()))
        .map(
            rows ->
                Optional.ofNullable(Rows.first(rows))
                    .map(row -> new String[] {row.getString("email"), row.getString("email_key")})
                    .or(() -> own(owner))
                    .orElseThrow(
                        () -> Problem.CONFLICT.because("There is no address to be proved")));
  }

  private static Optional<String[]> own(LinkStore.Owner owner) {
    return owner.email() == null || owner.verified()
        ? Optional.empty()
        : Optional.of(new String[] {owner.email(), owner.emailKey()});
  }

  private static Future<Void> send(
      SqlConnection connection, UUID userId, String[] address, NewLink link) {
    return PasswordStore.lettersLately(
            connection, userId, LetterKind.EMAIL_CONFIRM, LetterKind.EMAIL_IN_USE)
        .compose(
            lately -> {
              if (lately >= LETTERS_AN_HOUR) {
                throw Problem.TOO_MANY_REQUESTS.retryAfter(
                    3_600, "So many letters are not sent within an hour");
              }
              return sendLink(connection, userId, address, link);
            });
  }

  /** As part of the transaction that makes the address known. */
  static Future<Void> sendLink(
      SqlConnection connection, UUID userId, String[] address, NewLink link) {
    return LinkStore.make(connection, userId, Purpose.EMAIL, address, link)
        .compose(
            made ->
                connection.preparedQuery(PROVED_BY_ANOTHER).execute(Tuple.of(address[1], userId)))
        .map(rows -> rows.iterator().next().getBoolean(0))
        .compose(
            taken ->
                MailStore.enqueue(
                    connection,
                    taken
                        ? new NewLetter(LetterKind.EMAIL_IN_USE, userId, address[0], null)
                        : new NewLetter(LetterKind.EMAIL_CONFIRM, userId, address[0], link.id())));
  }

  /**
   * Takes a link as proof: its address is the account's from now on, the address before is told,
   * and links to a new password that went there die. Gives whose it is; fails with LINK_INVALID.
   */
  Future<UUID> confirm(Recovery.ProvedEmail wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            LinkStore.use(connection, Purpose.EMAIL, wish.linkHash())
                .compose(
                    used ->
                        set(connection, used)
                            .compose(
                                set ->
                                    AuditStore.note(
                                        connection, Act.EMAIL_CHANGE, used.owner().id()))
                            .map(used.owner().id())));
  }

  private static Future<Void> set(SqlConnection connection, LinkStore.Used used) {
    UUID userId = used.owner().id();
    return connection
        .preparedQuery(TAKE_AWAY)
        .execute(Tuple.of(used.emailKey(), userId))
        .compose(
            free ->
                connection
                    .preparedQuery(SET)
                    .execute(Tuple.of(userId, used.email(), used.emailKey()))
                    .recover(cause -> Future.failedFuture(taken(cause))))
        .compose(
            set ->
                used.emailKey().equals(used.owner().emailKey())
                    ? Future.succeededFuture()
                    : changed(connection, used.owner()));
  }

  /** Somebody else proved it in the meantime. */
  private static Throwable taken(Throwable cause) {
    return Postgres.brokenConstraint(cause).equals("users_email_taken")
        ? Problem.LINK_INVALID.failure()
        : cause;
  }

  private static Future<Void> changed(SqlConnection connection, LinkStore.Owner before) {
    NewLetter notice = new NewLetter(LetterKind.EMAIL_CHANGED, before.id(), before.email(), null);
    return LinkStore.end(connection, before.id(), Purpose.PASSWORD)
        .compose(ended -> MailStore.enqueue(connection, notice));
  }
}
