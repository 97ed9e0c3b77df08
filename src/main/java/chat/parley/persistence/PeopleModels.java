package chat.parley.persistence;

import static chat.parley.model.Admin.Type.BOOLEAN;
import static chat.parley.model.Admin.Type.BYTES;
import static chat.parley.model.Admin.Type.TEXT;
import static chat.parley.model.Admin.Type.TIME;
import static chat.parley.persistence.AdminModel.Part.id;
import static chat.parley.persistence.AdminModel.Part.text;

import chat.parley.persistence.AdminModel.Condition;
import chat.parley.persistence.AdminModel.Order;
import java.util.List;

/** Accounts and what belongs to them. */
final class PeopleModels {
  private static final String GROUP = "People";

  /** The first of each kind that begin so; what is beyond them is found by typing more. */
  private static final String FOUND =
      """
      t.id = any(array(
        (select id from users where username_key >= ? and username_key < (? || chr(1114111)) order by username_key limit 200)
        union all
        (select id from users where display_key >= ? and display_key < (? || chr(1114111)) order by display_key, username_key limit 200)
        union all
        (select id from users where email_key >= ? and email_key < (? || chr(1114111)) order by email_key limit 200)))""";

  private PeopleModels() {}

  static List<AdminModel> of(AdminServices services) {
    AccountActs acts = new AccountActs(services);
    return List.of(users(acts), avatars(acts), blocks(), exports());
  }

  private static AdminModel users(AccountActs acts) {
    return new AdminModel(GROUP, "users", "Users", "users", id("t.id"))
        .column("username", "User name", TEXT, "t.username")
        .column("displayName", "Display name", TEXT, "t.display_name")
        .column("email", "E-mail", TEXT, "t.email")
        .column("emailVerified", "E-mail proved", BOOLEAN, "t.email_verified_at is not null")
        .choice("role", "Role", "t.role", "user", "admin")
        .column("disabled", "Disabled", BOOLEAN, "t.disabled_at is not null")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("disabledAt", "Disabled since", TIME, "t.disabled_at")
        .column("deletedAt", "Deleted", TIME, "t.deleted_at")
        .column("hasPassword", "Has a password", BOOLEAN, "t.password_hash is not null")
        .column("passwordSetAt", "Password set", TIME, "t.password_set_at")
        .column("secondFactor", "Second factor", BOOLEAN, "f.confirmed_at is not null")
        .column("statusText", "Status", TEXT, "t.status_text")
        .column("timeZone", "Time zone", TEXT, "t.time_zone")
        .join("left join second_factors f on f.user_id = t.id")
        .sort("created", "Made", "users_pkey", id("t.id"))
        .sort("username", "User name", "users_username_taken", text("t.username_key"))
        .sort(
            "name",
            "Display name",
            "users_by_display_name",
            text("t.display_key"),
            text("t.username_key"))
        .filter(
            "username",
            "User name begins",
            TEXT,
            null,
            new Condition("t.username_key >= ? and t.username_key < (? || chr(1114111))", "text"),
            Order.of("username", "users_username_taken", text("t.username_key")))
        .filter(
            "email",
            "E-mail begins",
            TEXT,
            null,
            new Condition("t.email_key >= ? and t.email_key < (? || chr(1114111))", "text"),
            Order.of("email", "users_email_taken", text("t.email_key")))
        .filterByChoice(
            "role",
            "Role",
            Order.of("created", "users_who_administer", id("t.id")),
            "admin",
            "t.role = 'admin'")
        .filterByChoice(
            "state",
            "State",
            Order.of("created", "users_disabled", id("t.id")),
            "disabled",
            "t.disabled_at is not null")
        .search(FOUND, Order.of("created", "users_pkey", id("t.id")))
        .create(
            acts::create,
            AdminModel.text("username", "User name", true, 128),
            AdminModel.text("email", "E-mail", true, 254),
            AdminModel.text("displayName", "Display name", false, 256))
        .edit(
            acts::edit,
            AdminModel.text("displayName", "Display name", true, 256),
            AdminModel.text("email", "E-mail", false, 254),
            AdminModel.oneOf("role", "Role", "user", "admin"),
            AdminModel.flag("disabled", "Disabled"))
        .delete(acts::delete)
        .actByAuth("disable", "Disable", true)
        .actByAuth("enable", "Enable", false)
        .actByAuth("make-admin", "Make administrator", true)
        .actByAuth("make-user", "Make ordinary", true)
        .act("end-sessions", "End all sessions and keys", true, acts::endSessions)
        .act("reset-second-factor", "Switch codes off", true, acts::resetSecondFactor)
        .act("send-reset-link", "Send a link to a new password", false, acts::sendResetLink)
        .note(
            "A new account gets a letter with a link to choose a password. Deleting is what people do themselves: what they said stays, their name goes.");
  }

  private static AdminModel avatars(AccountActs acts) {
    return new AdminModel(GROUP, "avatars", "Profile pictures", "avatars", id("t.user_id"))
        .person("user", "User", "t.user_id")
        .column("type", "Type", TEXT, "t.type")
        .column("size", "Size", BYTES, "octet_length(t.bytes)")
        .column("createdAt", "Uploaded", TIME, "t.created_at")
        .sort("user", "User", "avatars_pkey", id("t.user_id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.of("user", "avatars_pkey", id("t.user_id")))
        .delete(acts::removeAvatar);
  }

  private static AdminModel blocks() {
    return new AdminModel(GROUP, "blocks", "Blocks", "blocks", id("t.user_id"), id("t.blocked_id"))
        .person("user", "User", "t.user_id")
        .person("blocked", "Blocks", "t.blocked_id")
        .column("at", "Since", TIME, "t.at")
        .sort("user", "User", "blocks_pkey", id("t.user_id"), id("t.blocked_id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.of("user", "blocks_pkey", id("t.blocked_id")))
        .filterByPerson(
            "blocked",
            "Blocks",
            "t.blocked_id",
            Order.of("user", "blocks_of_blocked", id("t.user_id")))
        .note("Whom somebody does not want to hear is theirs to say.");
  }

  private static AdminModel exports() {
    return new AdminModel(GROUP, "exports", "Own data taken along", "exports", id("t.user_id"))
        .person("user", "User", "t.user_id")
        .column("askedAt", "Asked", TIME, "t.asked_at")
        .sort("user", "User", "exports_pkey", id("t.user_id"))
        .filterByPerson(
            "user", "User", "t.user_id", Order.of("user", "exports_pkey", id("t.user_id")));
  }
}
