package chat.parley.model;

import java.util.Locale;

/**
 * What people and administrators do that the audit log has a row of its own for, exactly one each
 * time. What only changes a row (a rename, an edit) is there as that change.
 */
public enum Act {
  REGISTER("users", "An account was made."),
  LOGIN("sessions", "Somebody was let in; says by what."),
  LOGIN_FAILED(
      "users",
      "A sign-in was refused; names the account if there is one, never the name that was typed."),
  LOGOUT("sessions", "A session was ended by its owner."),
  LOGOUT_OTHERS("users", "All other sessions of a person were ended by them."),
  REFRESH_REUSED("sessions", "A refresh token came a second time, which ended its session."),
  CONFIRM("sessions", "A session proved once more whose it is."),
  CONFIRM_FAILED("users", "Such a proof was wrong, or the present password."),
  PASSWORD_RESET_ASKED(
      "users", "A link to a new password was asked for; names the account if there is one."),
  PASSWORD_RESET("users", "A password was set by a link."),
  PASSWORD_CHANGE("users", "A password was changed by its owner."),
  EMAIL_CHANGE_ASKED("users", "A link to another address was asked for."),
  EMAIL_CHANGE("users", "An address was proved by a link, and is the account's."),
  TOTP_ON("users", "Codes are asked for from now on."),
  TOTP_OFF("users", "Codes are not asked for any more."),
  RECOVERY_CODES("users", "New recovery codes were made."),
  PASSKEY_ADD("passkeys", "A passkey was added."),
  PASSKEY_REMOVE("passkeys", "A passkey was removed."),
  IDENTITY_ADD("users", "An identity of another provider was added to an account."),
  IDENTITY_REMOVE("identities", "An identity was taken away."),
  KEY_MAKE("api_keys", "A key for a program was made."),
  KEY_REVOKE("api_keys", "A key was revoked."),
  ACCOUNT_DELETE("users", "Somebody deleted their account."),
  DATA_EXPORT("users", "Somebody took all their data along."),
  MEMBER_ROLE("members", "A member was given another role in a room."),
  MEMBER_REMOVE("members", "A member was removed from a room."),
  MEMBER_BAN("bans", "Somebody was banned from a room."),
  MEMBER_UNBAN("bans", "A ban was lifted."),
  MESSAGE_DELETE("messages", "Somebody deleted another's message."),
  ROOM_DELETE("rooms", "A room was deleted."),
  USER_ROLE("users", "An administrator changed what an account may do."),
  USER_DISABLE("users", "An administrator disabled an account, which ended its sessions."),
  USER_ENABLE("users", "An administrator let an account in again."),
  APPLICATION_ADD("applications", "An administrator registered a platform."),
  APPLICATION_CHANGE("applications", "An administrator changed a platform."),
  APPLICATION_REMOVE("applications", "An administrator removed a platform."),
  APPLICATION_KEY_ADD("application_keys", "An administrator gave a platform a key."),
  APPLICATION_KEY_REMOVE("application_keys", "An administrator took a platform's key back."),
  REGISTRATION_CHANGE("registration", "An administrator said who may make an account."),
  ACCOUNT_INVITE_MAKE("account_invites", "A link by which people make an account was made."),
  ACCOUNT_INVITE_REVOKE("account_invites", "Such a link was ended."),
  ADMIN_LIST("", "An administrator saw a page of a list."),
  ADMIN_VIEW("", "An administrator saw one record."),
  ADMIN_CREATE("", "An administrator made a record."),
  ADMIN_UPDATE("", "An administrator changed a record."),
  ADMIN_DELETE("", "An administrator deleted a record."),
  ADMIN_EXPORT("", "An administrator exported a list."),
  ADMIN_ACT("", "An administrator did something else to a record; says what."),
  CONNECTION_KICK("sessions", "An administrator cut live connections."),
  AUDIT_VERIFY("audit_log", "The audit log's chain was verified."),
  SERVER_EXPORT("", "All that is kept was written into a file, from the command line."),
  SERVER_IMPORT("", "All that is kept was brought here by a file, from the command line.");

  private final String table;
  private final String says;

  Act(String table, String says) {
    this.table = table;
    this.says = says;
  }

  /** The table that it is about; empty when that depends. */
  public String table() {
    return table;
  }

  /** When it is noted, in one sentence. */
  public String says() {
    return says;
  }

  /** How it is called in the log: {@code login.failed}. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
