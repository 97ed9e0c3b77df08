package chat.parley.persistence;

import static chat.parley.model.Admin.Type.BOOLEAN;
import static chat.parley.model.Admin.Type.ID;
import static chat.parley.model.Admin.Type.NUMBER;
import static chat.parley.model.Admin.Type.TEXT;
import static chat.parley.model.Admin.Type.TIME;
import static chat.parley.persistence.AdminModel.Part.id;
import static chat.parley.persistence.AdminModel.Part.text;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.model.Applications;
import chat.parley.model.LetterKind;
import chat.parley.persistence.AdminModel.Condition;
import chat.parley.persistence.AdminModel.Order;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** What lets people and programs in. Nothing that opens anything is shown, hashes neither. */
final class AccessModels {
  private static final String GROUP = "Access";

  private static final String END =
      """
      update sessions set ended_at = coalesce(ended_at, clock_timestamp()) where id = $1""";

  private static final String KEYS =
      """
      (select k.session_id, k.name, k.scopes, k.last_used_at, s.user_id, s.created_at, s.expires_at, s.ended_at
        from api_keys k join sessions s on s.id = k.session_id)""";

  private static final String DROP_PASSKEY = "delete from passkeys where id = $1 returning user_id";

  private static final String DROP_LINK =
      """
      with gone as (delete from mail_tokens where id = $1 returning id, user_id)
      update letters l set failed_at = now(), last_error = 'its link was deleted before it was sent'
      from gone where l.user_id = gone.user_id and l.reference = gone.id and l.sent_at is null and l.failed_at is null""";

  private static final String HAS_LINK = "select id from mail_tokens where id = $1 for update";

  private AccessModels() {}

  static List<AdminModel> of(AdminServices services) {
    return List.of(
        sessions(services),
        accountInvites(services),
        resetTokens(services),
        apiKeys(services),
        passkeys(services),
        secondFactors(services),
        identities(services),
        platforms(services),
        platformKeys(services),
        platformAccounts());
  }

  private static AdminModel sessions(AdminServices services) {
    return new AdminModel(GROUP, "sessions", "Sessions", "sessions", id("t.id"))
        .person("user", "User", "t.user_id")
        .choice(
            "kind",
            "Kind",
            "case when k.session_id is not null then 'key' when t.cookie_hash is not null then 'site' else 'program' end",
            "site",
            "program",
            "key")
        .join("left join api_keys k on k.session_id = t.id")
        .column("createdAt", "Opened", TIME, "t.created_at")
        .column("lastSeenAt", "Last used", TIME, "t.last_seen_at")
        .column("address", "Address", TEXT, "t.address")
        .column("agent", "Client", TEXT, "t.agent")
        .column("expiresAt", "Ends", TIME, endless("t.expires_at"))
        .column("endedAt", "Ended", TIME, "t.ended_at")
        .column("confirmedAt", "Proved", TIME, "t.confirmed_at")
        .sort("created", "Opened", "sessions_pkey", id("t.id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.ofFew("created", "sessions_of_user", id("t.id")))
        .searchIn("t.address", "t.agent")
        .act("end", "End", true, deed -> end(services, deed))
        .note(
            "Ending one closes its sockets and refuses its tokens on every node within a second.");
  }

  private static AdminModel accountInvites(AdminServices services) {
    return new AdminModel(
            GROUP, "account-invites", "Invitations to accounts", "account_invites", id("t.id"))
        .choice("role", "Makes", "t.role", "user", "admin")
        .column("note", "Note", TEXT, "t.note")
        .person("createdBy", "Made by", "t.created_by")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("expiresAt", "Ends", TIME, "t.expires_at")
        .column("uses", "Used", NUMBER, "t.uses")
        .column("maxUses", "Times at most", NUMBER, "t.max_uses")
        .column("revokedAt", "Ended", TIME, "t.revoked_at")
        .sort("created", "Made", "account_invites_pkey", id("t.id"))
        .filterByPerson(
            "createdBy",
            "Made by",
            "t.created_by",
            Order.ofFew("created", "account_invites_of_maker", id("t.id")))
        .act("revoke", "End", true, services.statement(AccountInviteStore.REVOKE))
        .note(
            "Links by which people make an account. They are made under /admin/registration/invites, which tells the link once.");
  }

  private static AdminModel resetTokens(AdminServices services) {
    return new AdminModel(
            GROUP, "password-reset-tokens", "Links in letters", "mail_tokens", id("t.id"))
        .person("user", "User", "t.user_id")
        .choice("purpose", "For", "t.purpose", "password", "email")
        .column("email", "Sent to", TEXT, "t.email")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("expiresAt", "Ends", TIME, "t.expires_at")
        .column("endedAt", "Used or replaced", TIME, "t.ended_at")
        .sort("created", "Made", "mail_tokens_pkey", id("t.id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.ofFew("created", "mail_tokens_of_user", id("t.id")))
        .searchIn("t.email")
        .delete(deed -> dropLink(services, deed))
        .note(
            "Links to a new password, and to the proof of an address. A link that is deleted works no more.");
  }

  private static AdminModel apiKeys(AdminServices services) {
    return new AdminModel(GROUP, "api-keys", "Keys of programs", KEYS, id("t.session_id"))
        .of("api_keys")
        .person("user", "User", "t.user_id")
        .column("name", "Name", TEXT, "t.name")
        .column("scopes", "Scopes", TEXT, "array_to_string(t.scopes, ' ')")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("lastUsedAt", "Last used", TIME, "t.last_used_at")
        .column("expiresAt", "Ends", TIME, endless("t.expires_at"))
        .column("endedAt", "Revoked", TIME, "t.ended_at")
        .sort("created", "Made", "api_keys_pkey", id("t.session_id"))
        .filterByPerson(
            "user",
            "User",
            "t.user_id",
            Order.ofFew("created", "sessions_of_user", id("t.session_id")))
        .searchIn("t.name")
        .act("revoke", "Revoke", true, deed -> end(services, deed));
  }

  /** What lasts until it is revoked ends in the year 9999. */
  private static String endless(String sql) {
    return "case when " + sql + " < '9999-01-01' then " + sql + " end";
  }

  private static Future<Outcome<Admin.Done>> end(AdminServices services, Admin.Deed deed) {
    UUID id = AdminServices.id(deed);
    return services.write(
        deed,
        connection ->
            connection
                .preparedQuery(END)
                .execute(Tuple.of(id))
                .map(rows -> SessionStore.atLeastOne(rows, Problem.NOT_FOUND))
                .map(ended -> new Admin.Done(deed.id(), List.of(id), List.of())));
  }

  private static Future<Outcome<Admin.Done>> dropLink(AdminServices services, Admin.Deed deed) {
    Tuple id = Tuple.of(AdminServices.id(deed));
    return services.write(
        deed,
        connection ->
            connection
                .preparedQuery(HAS_LINK)
                .execute(id)
                .map(rows -> SessionStore.atLeastOne(rows, Problem.NOT_FOUND))
                .compose(there -> connection.preparedQuery(DROP_LINK).execute(id))
                .map(gone -> Admin.Done.to(deed.id())));
  }

  private static AdminModel passkeys(AdminServices services) {
    return new AdminModel(GROUP, "passkeys", "Passkeys", "passkeys", id("t.id"))
        .person("user", "User", "t.user_id")
        .column("name", "Name", TEXT, "t.name")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("lastUsedAt", "Last used", TIME, "t.last_used_at")
        .searchIn("t.name")
        .sort("created", "Made", "passkeys_pkey", id("t.id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.ofFew("created", "passkeys_of_user", id("t.id")))
        .delete(
            deed ->
                services.write(
                    deed,
                    connection ->
                        connection
                            .preparedQuery(DROP_PASSKEY)
                            .execute(Tuple.of(AdminServices.id(deed)))
                            .compose(
                                rows -> {
                                  SessionStore.atLeastOne(rows, Problem.NOT_FOUND);
                                  return Notices.tell(
                                      connection,
                                      Rows.first(rows).getUUID("user_id"),
                                      LetterKind.PASSKEY_REMOVED);
                                })
                            .map(Admin.Done.to(deed.id()))))
        .note("The owner is told of a passkey that is deleted.");
  }

  private static AdminModel secondFactors(AdminServices services) {
    return new AdminModel(
            GROUP, "second-factors", "Second factors", "second_factors", id("t.user_id"))
        .person("user", "User", "t.user_id")
        .column("on", "On", BOOLEAN, "t.confirmed_at is not null")
        .column("setUpAt", "Set up", TIME, "t.set_up_at")
        .column("confirmedAt", "On since", TIME, "t.confirmed_at")
        .column("recoveryLeft", "Recovery codes left", NUMBER, "t.recovery_left")
        .column("recoverySetAt", "Recovery codes made", TIME, "t.recovery_set_at")
        .sort("user", "User", "second_factors_pkey", id("t.user_id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.of("user", "second_factors_pkey", id("t.user_id")))
        .delete(new AccountActs(services)::resetSecondFactor)
        .note("After deleting one the password alone is enough; its owner is told.");
  }

  private static AdminModel identities(AdminServices services) {
    return new AdminModel(GROUP, "identities", "Identities elsewhere", "identities", id("t.id"))
        .person("user", "User", "t.user_id")
        .column("issuer", "Provider", TEXT, "t.issuer")
        .column("subject", "Known there as", TEXT, "t.subject")
        .column("name", "Name", TEXT, "t.name")
        .column("createdAt", "Linked", TIME, "t.created_at")
        .column("lastUsedAt", "Last used", TIME, "t.last_used_at")
        .searchIn("t.issuer", "t.subject", "t.name")
        .sort("created", "Linked", "identities_pkey", id("t.id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.ofFew("created", "identities_of_user", id("t.id")))
        .delete(services.statement("delete from identities where id = $1"));
  }

  private static AdminModel platforms(AdminServices services) {
    return new AdminModel(GROUP, "platforms", "Applications", "applications", id("t.id"))
        .column("name", "Name", TEXT, "t.name")
        .column("origins", "Pages from", TEXT, "array_to_string(t.origins, ' ')")
        .person("createdBy", "Made by", "t.created_by")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("disabledAt", "Disabled", TIME, "t.disabled_at")
        .searchIn("t.name")
        .sort("created", "Made", "applications_pkey", id("t.id"))
        .act("disable", "Disable", true, deed -> platform(services, deed, true))
        .act("enable", "Enable", false, deed -> platform(services, deed, false))
        .delete(
            deed ->
                services
                    .applications()
                    .remove(new Applications.Of(AdminServices.id(deed), deed.actor()))
                    .map(ended -> Outcome.silent(new Admin.Done(deed.id(), ended, List.of()))))
        .note(
            "Platforms that vouch for their people. They and their keys are made under /admin/applications. Disabling or deleting one ends its people's sessions.");
  }

  private static Future<Outcome<Admin.Done>> platform(
      AdminServices services, Admin.Deed deed, boolean disabled) {
    return services
        .applications()
        .change(
            new Applications.RowChange(AdminServices.id(deed), null, null, disabled, deed.actor()))
        .map(
            changed ->
                Outcome.silent(new Admin.Done(deed.id(), changed.endedSessions(), List.of())));
  }

  private static AdminModel platformKeys(AdminServices services) {
    return new AdminModel(
            GROUP, "platform-keys", "Keys of applications", "application_keys", id("t.id"))
        .reference("platform", "Application", "t.application_id", "platforms")
        .column("algorithm", "Algorithm", TEXT, "t.algorithm")
        .column("createdAt", "Added", TIME, "t.created_at")
        .sort("created", "Added", "application_keys_pkey", id("t.id"))
        .filter(
            "platform",
            "Application",
            ID,
            "platforms",
            new Condition("t.application_id = ?", "uuid"),
            Order.ofFew("created", "application_keys_of_application", id("t.id")))
        .delete(services.statement("delete from application_keys where id = $1"));
  }

  private static AdminModel platformAccounts() {
    return new AdminModel(
            GROUP,
            "platform-accounts",
            "Accounts of applications",
            "application_users",
            id("t.application_id"),
            text("t.subject"))
        .reference("platform", "Application", "t.application_id", "platforms")
        .column("subject", "Known there as", TEXT, "t.subject")
        .person("user", "User", "t.user_id")
        .column("givenName", "Name given", TEXT, "t.given_name")
        .column("createdAt", "First came", TIME, "t.created_at")
        .searchIn("t.subject", "t.given_name")
        .sort(
            "platform",
            "Application",
            "application_users_pkey",
            id("t.application_id"),
            text("t.subject"))
        .filter(
            "platform",
            "Application",
            ID,
            "platforms",
            new Condition("t.application_id = ?", "uuid"),
            Order.of("platform", "application_users_pkey", text("t.subject")))
        .filterByPerson(
            "user",
            "User",
            "t.user_id",
            Order.ofFew(
                "platform",
                "application_users_of_user",
                id("t.application_id"),
                text("t.subject")));
  }
}
