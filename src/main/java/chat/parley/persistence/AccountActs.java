package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.AccountInvites;
import chat.parley.model.Accounts;
import chat.parley.model.Admin;
import chat.parley.model.LetterKind;
import chat.parley.model.Recovery.Purpose;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** What administrators do to accounts, but for role and state, which are {@link AdminStore}'s. */
final class AccountActs {
  /** Another address is nobody's proof, and links that went to the old one are to die. */
  private static final String EDIT =
      """
      with was as (select * from users where id = $1 and deleted_at is null for update)
      update users u set
        display_name = coalesce($2::text, u.display_name), display_key = coalesce($3::text, u.display_key),
        email = case when $4::text is null then u.email else nullif($4, '') end,
        email_key = case when $5::text is null then u.email_key else nullif($5, '') end,
        email_verified_at = case when $5::text is null or u.email_key = $5 then u.email_verified_at end
      from was where u.id = was.id
      returning u.display_name is distinct from was.display_name as renamed,
        u.email_key is distinct from was.email_key as moved
      """;

  private static final String DROP_FACTOR = "delete from second_factors where user_id = $1";

  private final AdminServices services;

  AccountActs(AdminServices services) {
    this.services = services;
  }

  /** Without a password: the letter has a link to choose one. */
  Future<Outcome<Admin.Done>> create(Admin.Deed deed) {
    UUID id = UUID.fromString(deed.text("id"));
    Accounts.NewAccount account =
        new Accounts.NewAccount(
            id,
            deed.text("username"),
            deed.text("usernameKey"),
            deed.text("displayName"),
            deed.text("displayKey"),
            deed.text("email"),
            deed.text("emailKey"),
            null,
            AccountInvites.Entry.ofVouched(),
            deed.actor(),
            null);
    // That an account was made stands in the log with it.
    return services
        .postgres()
        .write(
            deed.actor(),
            connection ->
                UserStore.make(connection, account).compose(user -> sendLink(connection, id, deed)))
        .map(sent -> Outcome.silent(Admin.Done.to(id.toString())));
  }

  Future<Outcome<Admin.Done>> edit(Admin.Deed deed) {
    UUID id = AdminServices.id(deed);
    Tuple row =
        Tuple.of(id, deed.text("displayName"), deed.text("displayKey"))
            .addString(deed.text("email"))
            .addString(deed.text("emailKey"));
    Admin.Done done = new Admin.Done(deed.id(), List.of(), List.of(id));
    return services
        .postgres()
        .write(
            deed.actor(),
            connection ->
                connection
                    .preparedQuery(EDIT)
                    .execute(row)
                    .recover(cause -> Future.failedFuture(UserStore.taken(cause)))
                    .map(AccountActs::orNobody)
                    .compose(changed -> follow(connection, id, changed))
                    .compose(news -> AdminNotes.done(connection, deed, deed.id()).map(news))
                    .map(news -> new Outcome<>(done, List.of(), news.notices())))
        .onSuccess(changed -> services.rounds().goOn());
  }

  private static Future<Outcome<?>> follow(SqlConnection connection, UUID id, Row changed) {
    Future<Void> links =
        changed.getBoolean("moved")
            ? LinkStore.end(connection, id, null)
            : Future.succeededFuture();
    return links
        .compose(
            ended ->
                changed.getBoolean("renamed")
                    ? Rounds.showAnew(connection, id).mapEmpty()
                    : Future.succeededFuture())
        .compose(asked -> ProfileStore.told(connection, id))
        .map(told -> told);
  }

  /** Keys too. */
  Future<Outcome<Admin.Done>> endSessions(Admin.Deed deed) {
    return services.write(
        deed,
        connection ->
            SessionStore.endAll(connection, AdminServices.id(deed), null)
                .map(ended -> new Admin.Done(deed.id(), ended, List.of())));
  }

  /** The password alone is enough then, and the owner is told. */
  Future<Outcome<Admin.Done>> resetSecondFactor(Admin.Deed deed) {
    UUID id = AdminServices.id(deed);
    return services.write(
        deed,
        connection ->
            connection
                .preparedQuery(DROP_FACTOR)
                .execute(Tuple.of(id))
                .map(
                    rows -> {
                      if (rows.rowCount() == 0) {
                        throw Problem.CONFLICT.because("Codes are off");
                      }
                      return null;
                    })
                .compose(gone -> Notices.tell(connection, id, LetterKind.SECOND_FACTOR_OFF))
                .map(Admin.Done.to(deed.id())));
  }

  Future<Outcome<Admin.Done>> sendResetLink(Admin.Deed deed) {
    return services.write(
        deed,
        connection ->
            sendLink(connection, AdminServices.id(deed), deed).map(Admin.Done.to(deed.id())));
  }

  private static Future<Void> sendLink(SqlConnection connection, UUID id, Admin.Deed deed) {
    return LinkStore.hold(connection, id)
        .compose(
            found -> {
              LinkStore.Owner owner =
                  found.orElseThrow(() -> Problem.CONFLICT.because("This account is disabled"));
              if (owner.email() == null) {
                throw Problem.CONFLICT.because("This account has no e-mail address");
              }
              String[] address = {owner.email(), owner.emailKey()};
              return LinkStore.make(connection, id, Purpose.PASSWORD, address, deed.link())
                  .compose(
                      made ->
                          MailStore.enqueue(
                              connection,
                              new NewLetter(
                                  LetterKind.PASSWORD_RESET, id, owner.email(), deed.link().id())));
            });
  }

  /** What people do themselves when they go; what they said stays. */
  Future<Outcome<Admin.Done>> delete(Admin.Deed deed) {
    UUID id = AdminServices.id(deed);
    return services
        .departures()
        .dismiss(deed.actor(), id, connection -> AdminNotes.done(connection, deed, deed.id()))
        .map(ended -> new Admin.Done(deed.id(), ended, List.of(id)))
        .map(Outcome::silent);
  }

  Future<Outcome<Admin.Done>> removeAvatar(Admin.Deed deed) {
    UUID id = AdminServices.id(deed);
    Admin.Done done = new Admin.Done(deed.id(), List.of(), List.of(id));
    return services
        .avatars()
        .remove(deed.actor(), id, connection -> AdminNotes.done(connection, deed, deed.id()))
        .map(outcome -> new Outcome<>(done, outcome.batches(), outcome.notices()));
  }

  private static Row orNobody(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Problem.NOT_FOUND.failure();
    }
    return Rows.first(rows);
  }
}
