package chat.parley.bus;

import chat.parley.model.Account;
import chat.parley.model.AccountInvite;
import chat.parley.model.AccountInvites;
import chat.parley.model.Accounts;
import chat.parley.model.Activity;
import chat.parley.model.Actor;
import chat.parley.model.Admin;
import chat.parley.model.Announcement;
import chat.parley.model.ApiKey;
import chat.parley.model.ApiKeys;
import chat.parley.model.Application;
import chat.parley.model.Applications;
import chat.parley.model.Attachment;
import chat.parley.model.Audit;
import chat.parley.model.Avatars;
import chat.parley.model.Bans;
import chat.parley.model.Blocks;
import chat.parley.model.Caller;
import chat.parley.model.Connections;
import chat.parley.model.Credential;
import chat.parley.model.Draft;
import chat.parley.model.Drafts;
import chat.parley.model.Edits;
import chat.parley.model.Factors;
import chat.parley.model.FilterWords;
import chat.parley.model.History;
import chat.parley.model.Identity;
import chat.parley.model.Invite;
import chat.parley.model.Invites;
import chat.parley.model.MadeApiKey;
import chat.parley.model.ManagedUser;
import chat.parley.model.Media;
import chat.parley.model.Member;
import chat.parley.model.Mentions;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.NodeNews;
import chat.parley.model.Oidc;
import chat.parley.model.OneMessage;
import chat.parley.model.OpenSession;
import chat.parley.model.OwnData;
import chat.parley.model.OwnPlace;
import chat.parley.model.Page;
import chat.parley.model.Person;
import chat.parley.model.Pins;
import chat.parley.model.Previews;
import chat.parley.model.Privacy;
import chat.parley.model.Reactions;
import chat.parley.model.ReadMark;
import chat.parley.model.ReadMarks;
import chat.parley.model.Recovery;
import chat.parley.model.Reports;
import chat.parley.model.Room;
import chat.parley.model.RoomList;
import chat.parley.model.RoomNews;
import chat.parley.model.RoomPictures;
import chat.parley.model.Rooms;
import chat.parley.model.Scheduled;
import chat.parley.model.Search;
import chat.parley.model.ServerSetting;
import chat.parley.model.SignInMethods;
import chat.parley.model.SiteSession;
import chat.parley.model.Sync;
import chat.parley.model.Ticket;
import chat.parley.model.Tokens;
import chat.parley.model.User;
import chat.parley.model.UserNotice;
import chat.parley.model.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Every conversation on the bus, once. A test checks that each is served and asked. */
public final class Addresses {
  private Addresses() {}

  // The audit log.
  public static final Address<Audit.Note, Void> AUDIT_NOTE =
      new Address<>("audit.note", "http or auth asks persistence to note an act in the audit log");
  public static final Address<Audit.Verify, Audit.Verified> AUDIT_VERIFY =
      new Address<>(
          "audit.verify", "http asks persistence to verify a stretch of the audit log's chain");

  // Served by auth, asked by http and realtime.
  public static final Address<Accounts.Register, Account> AUTH_REGISTER =
      new Address<>("auth.register", "http asks auth to make an account");
  public static final Address<Accounts.SignIn, Tokens> AUTH_LOGIN =
      new Address<>("auth.login", "http asks auth to sign a program in");
  public static final Address<Accounts.SignIn, SiteSession> AUTH_SITE_LOGIN =
      new Address<>("auth.site-login", "http asks auth to sign a browser in");
  public static final Address<Accounts.Refresh, Tokens> AUTH_REFRESH =
      new Address<>("auth.refresh", "http asks auth for the next pair of tokens");
  public static final Address<Accounts.EndSession, Void> AUTH_LOGOUT =
      new Address<>("auth.logout", "http asks auth to end a session");
  public static final Address<Accounts.EndSessions, Void> AUTH_LOGOUT_OTHERS =
      new Address<>("auth.logout-others", "http asks auth to end all other sessions of a person");
  public static final Address<List<UUID>, Void> AUTH_SEEN =
      new Address<>("auth.seen", "realtime asks auth to note that sessions have sockets");
  public static final Address<Accounts.ChangeUser, ManagedUser> AUTH_CHANGE_USER =
      new Address<>("auth.change-user", "http asks auth to change what an account may do");
  public static final Address<Admin.Act, String> AUTH_ADMIN_ACT =
      new Address<>("auth.admin-act", "http asks auth to do something to a row of a model");
  public static final Address<Caller, Void> AUTH_ADMINISTERS =
      new Address<>(
          "auth.administers", "http asks auth whether an administrator has proved who it is");
  public static final Address<Accounts.Confirm, Void> AUTH_CONFIRM =
      new Address<>("auth.confirm", "http asks auth to take a password as a fresh proof");
  public static final Address<Caller, Void> AUTH_CONFIRMED =
      new Address<>(
          "auth.confirmed", "http asks auth whether a session has proved lately whose it is");
  public static final Address<Accounts.ChangeProfile, Account> AUTH_PROFILE =
      new Address<>("auth.profile", "http asks auth to change what people see of an account");
  public static final Address<Accounts.Depart, Void> AUTH_DEPART =
      new Address<>("auth.depart", "http asks auth to delete the caller's account");
  public static final Address<Accounts.MakeTicket, Ticket> AUTH_TICKET =
      new Address<>("auth.ticket", "http asks auth for a socket ticket");
  public static final Address<Credential, Caller> AUTH_VERIFY =
      new Address<>("auth.verify", "http asks auth who is speaking");
  public static final Address<UUID, Boolean> AUTH_ENDED =
      new Address<>("auth.ended", "realtime asks auth whether a session has ended");

  public static final Address<ApiKeys.Make, MadeApiKey> AUTH_KEY_MAKE =
      new Address<>("auth.key-make", "http asks auth to make a key for a program");
  public static final Address<ApiKeys.Revoke, Void> AUTH_KEY_REVOKE =
      new Address<>("auth.key-revoke", "http asks auth to revoke a key");
  public static final Address<Applications.Exchange, Tokens> AUTH_EXCHANGE =
      new Address<>("auth.exchange", "http asks auth to let in whom a platform vouches for");
  public static final Address<Applications.Exchange, SiteSession> AUTH_SITE_EXCHANGE =
      new Address<>(
          "auth.site-exchange", "http asks auth to let in a browser a platform vouches for");
  public static final Address<Applications.Make, Application> AUTH_APPLICATION_MAKE =
      new Address<>("auth.application-make", "http asks auth to register a platform");
  public static final Address<Applications.Change, Application> AUTH_APPLICATION_CHANGE =
      new Address<>("auth.application-change", "http asks auth to change a platform");
  public static final Address<Applications.Remove, Void> AUTH_APPLICATION_REMOVE =
      new Address<>("auth.application-remove", "http asks auth to forget a platform");
  public static final Address<Applications.AddKey, Application.Key> AUTH_APPLICATION_ADD_KEY =
      new Address<>("auth.application-add-key", "http asks auth to give a platform a key");
  public static final Address<Applications.RemoveKey, Void> AUTH_APPLICATION_REMOVE_KEY =
      new Address<>("auth.application-remove-key", "http asks auth to take a key back");
  // Second factor and passkeys.
  public static final Address<UUID, Factors.Overview> FACTORS_GET =
      new Address<>("factors.get", "http asks persistence what an account has beside its password");
  public static final Address<Factors.Ask, Factors.NewSecret> AUTH_TOTP =
      new Address<>("auth.totp", "http asks auth for an authenticator app's secret");
  public static final Address<Factors.WithCode, Factors.RecoveryCodes> AUTH_TOTP_CONFIRM =
      new Address<>("auth.totp-confirm", "http asks auth to switch codes on by a first code");
  public static final Address<Factors.Ask, Void> AUTH_TOTP_REMOVE =
      new Address<>("auth.totp-remove", "http asks auth to switch codes off");
  public static final Address<Factors.Ask, Factors.RecoveryCodes> AUTH_RECOVERY_CODES =
      new Address<>("auth.recovery-codes", "http asks auth for new recovery codes");
  public static final Address<Factors.Begin, Factors.Ceremony> AUTH_PASSKEY_BEGIN =
      new Address<>("auth.passkey-begin", "http asks auth for what makes a passkey");
  public static final Address<Factors.Add, Factors.Passkey> AUTH_PASSKEY_ADD =
      new Address<>("auth.passkey-add", "http asks auth to keep a passkey");
  public static final Address<Factors.Remove, Void> AUTH_PASSKEY_REMOVE =
      new Address<>("auth.passkey-remove", "http asks auth to forget a passkey");
  public static final Address<String, Factors.Ceremony> AUTH_PASSKEY_OPTIONS =
      new Address<>("auth.passkey-options", "http asks auth for what a passkey is to sign");
  public static final Address<Factors.SignIn, Tokens> AUTH_PASSKEY_LOGIN =
      new Address<>("auth.passkey-login", "http asks auth to sign a program in by passkey");
  public static final Address<Factors.SignIn, SiteSession> AUTH_PASSKEY_SITE_LOGIN =
      new Address<>("auth.passkey-site-login", "http asks auth to sign a browser in by passkey");
  public static final Address<Factors.NewTotp, Void> TOTP_CREATE =
      new Address<>("totp.create", "auth asks persistence to store an app's encrypted secret");
  public static final Address<UUID, Optional<Factors.Totp>> TOTP_GET =
      new Address<>("totp.get", "auth asks persistence for an app's encrypted secret");
  public static final Address<Factors.ConfirmTotp, Void> TOTP_CONFIRM =
      new Address<>("totp.confirm", "auth asks persistence to ask for codes from now on");
  public static final Address<Actor, Void> TOTP_REMOVE =
      new Address<>("totp.remove", "auth asks persistence to forget secret and recovery codes");
  public static final Address<Actor, Void> TOTP_TRY =
      new Address<>("totp.try", "auth asks persistence to count an attempt at a code");
  public static final Address<Factors.SpendStep, Boolean> TOTP_SPEND =
      new Address<>("totp.spend", "auth asks persistence to use the code of a time step");
  public static final Address<Factors.NewRecoveryCodes, Void> RECOVERY_CODES_REPLACE =
      new Address<>("recovery-codes.replace", "auth asks persistence to store new recovery codes");
  public static final Address<Factors.SpendRecoveryCode, Boolean> RECOVERY_CODES_SPEND =
      new Address<>("recovery-codes.spend", "auth asks persistence to use a recovery code");
  public static final Address<Factors.NewPasskey, Factors.Passkey> PASSKEYS_CREATE =
      new Address<>("passkeys.create", "auth asks persistence to store a passkey");
  public static final Address<byte[], Optional<Factors.StoredPasskey>> PASSKEYS_GET =
      new Address<>("passkeys.get", "auth asks persistence for the passkey of a credential id");
  public static final Address<UUID, List<Factors.StoredPasskey>> PASSKEYS_OF =
      new Address<>("passkeys.of", "auth asks persistence for the passkeys of an account");
  public static final Address<Factors.UsePasskey, Optional<Factors.Owner>> PASSKEYS_USE =
      new Address<>("passkeys.use", "auth asks persistence to use a passkey, and whose it is");
  public static final Address<Factors.DeletePasskey, Void> PASSKEYS_REMOVE =
      new Address<>("passkeys.remove", "auth asks persistence to forget a passkey");

  public static final Address<Void, SignInMethods> AUTH_METHODS =
      new Address<>("auth.methods", "http asks auth how one can sign in");
  public static final Address<Oidc.Begin, Oidc.Begun> AUTH_OIDC_BEGIN =
      new Address<>("auth.oidc-begin", "http asks auth to send a browser to the provider");
  public static final Address<Oidc.Finish, Optional<SiteSession>> AUTH_OIDC_FINISH =
      new Address<>("auth.oidc-finish", "http asks auth to let in whom the provider vouches for");
  public static final Address<Oidc.Remove, Void> AUTH_IDENTITY_REMOVE =
      new Address<>("auth.identity-remove", "http asks auth to take an identity away");

  public static final Address<Recovery.AskReset, Void> AUTH_ASK_RESET =
      new Address<>(
          "auth.ask-reset", "http asks auth to send a link to a new password, if anybody is there");
  public static final Address<Recovery.Reset, Void> AUTH_RESET =
      new Address<>("auth.reset", "http asks auth to set a password by a link");
  public static final Address<Recovery.ChangePassword, Tokens> AUTH_PASSWORD =
      new Address<>("auth.password", "http asks auth to change a program's password");
  public static final Address<Recovery.ChangePassword, SiteSession> AUTH_SITE_PASSWORD =
      new Address<>("auth.site-password", "http asks auth to change a browser's password");
  public static final Address<Recovery.ChangeEmail, Void> AUTH_EMAIL =
      new Address<>("auth.email", "http asks auth to send a link to a new address");
  public static final Address<Recovery.ConfirmEmail, Void> AUTH_CONFIRM_EMAIL =
      new Address<>("auth.confirm-email", "http asks auth to take a link as proof of an address");
  public static final Address<Recovery.VerifyEmail, Void> AUTH_VERIFY_EMAIL =
      new Address<>("auth.verify-email", "http asks auth to send the proof of an address again");
  public static final Address<UUID, String> AUTH_LETTER_TOKEN =
      new Address<>("auth.letter-token", "mail asks auth for the token of a letter's link");

  // Served by persistence, asked by auth.
  public static final Address<Oidc.Enter, User> IDENTITIES_ENTER =
      new Address<>(
          "identities.enter",
          "auth asks persistence for the account of an identity, or to make it");
  public static final Address<Oidc.Link, Void> IDENTITIES_LINK =
      new Address<>("identities.link", "auth asks persistence to add an identity to an account");
  public static final Address<Oidc.Remove, Void> IDENTITIES_REMOVE =
      new Address<>("identities.remove", "auth asks persistence to remove an identity");

  // Served by media, asked by http.
  public static final Address<Avatars.Upload, Account> AVATARS_UPLOAD =
      new Address<>("avatars.upload", "http asks media to make a person's picture of a file");
  public static final Address<Actor, Account> AVATARS_REMOVE =
      new Address<>("avatars.remove", "http asks media to forget a person's picture");
  public static final Address<Avatars.Get, Avatars.Picture> AVATARS_GET =
      new Address<>("avatars.get", "http asks media for a person's picture");

  // Served by persistence, asked by media.
  public static final Address<Avatars.Keep, Account> AVATARS_KEEP =
      new Address<>("avatars.keep", "media asks persistence to store a person's picture");
  public static final Address<UUID, Optional<Avatars.Picture>> AVATARS_READ =
      new Address<>("avatars.read", "media asks persistence for a person's picture");

  // Served by persistence, asked by auth.
  public static final Address<Accounts.NewProfile, Account> USERS_PROFILE =
      new Address<>("users.profile", "auth asks persistence to store a changed profile");
  public static final Address<Accounts.Departure, List<UUID>> USERS_DEPART =
      new Address<>("users.depart", "auth asks persistence to wipe an account");
  public static final Address<Accounts.NewAccount, User> USERS_CREATE =
      new Address<>("users.create", "auth asks persistence to store an account");
  public static final Address<String, Optional<Accounts.WithPassword>> USERS_BY_LOGIN =
      new Address<>(
          "users.by-login", "auth asks persistence for the account of a folded name or address");
  public static final Address<UUID, Optional<Accounts.WithPassword>> USERS_BY_ID =
      new Address<>("users.by-id", "auth asks persistence for an account and its password's hash");
  public static final Address<Accounts.ChangeUser, Accounts.Changed> USERS_CHANGE =
      new Address<>("users.change", "auth asks persistence to change what an account may do");
  public static final Address<List<UUID>, Void> SESSIONS_SEEN =
      new Address<>("sessions.seen", "auth asks persistence to note that sessions were used");
  public static final Address<Accounts.NewSession, Void> SESSIONS_CREATE =
      new Address<>("sessions.create", "auth asks persistence to store a session");
  public static final Address<UUID, Optional<Accounts.LiveSession>> SESSIONS_GET =
      new Address<>("sessions.get", "auth asks persistence for the session an access token names");
  public static final Address<byte[], Optional<Accounts.LiveSession>> SESSIONS_BY_COOKIE =
      new Address<>(
          "sessions.by-cookie", "auth asks persistence for the session of a cookie's hash");
  public static final Address<Accounts.RotateRefresh, Accounts.Rotated> SESSIONS_ROTATE =
      new Address<>("sessions.rotate", "auth asks persistence to spend a refresh token");
  public static final Address<Accounts.EndSession, Void> SESSIONS_END =
      new Address<>("sessions.end", "auth asks persistence to end a session");
  public static final Address<Accounts.EndSessions, List<UUID>> SESSIONS_END_ALL =
      new Address<>("sessions.end-all", "auth asks persistence to end the sessions of an account");
  public static final Address<Accounts.SessionConfirmed, Void> SESSIONS_CONFIRM =
      new Address<>("sessions.confirm", "auth asks persistence to note a session's fresh proof");
  public static final Address<Accounts.ConfirmedWithin, Boolean> SESSIONS_CONFIRMED =
      new Address<>(
          "sessions.confirmed", "auth asks persistence whether a session's proof is fresh");
  public static final Address<Accounts.EndedSince, List<UUID>> SESSIONS_ENDED_SINCE =
      new Address<>(
          "sessions.ended-since", "auth asks persistence every second which sessions ended");
  public static final Address<Accounts.NewTicket, Void> TICKETS_CREATE =
      new Address<>("tickets.create", "auth asks persistence to store a ticket");
  public static final Address<byte[], Optional<Accounts.LiveSession>> TICKETS_SPEND =
      new Address<>("tickets.spend", "auth asks persistence to spend a ticket's hash");

  public static final Address<ApiKeys.Row, ApiKey> KEYS_CREATE =
      new Address<>("keys.create", "auth asks persistence to store a program's key");
  public static final Address<byte[], Optional<Accounts.LiveSession>> KEYS_BY_HASH =
      new Address<>("keys.by-hash", "auth asks persistence for the session of a key's hash");
  public static final Address<ApiKeys.Revoke, Void> KEYS_REVOKE =
      new Address<>("keys.revoke", "auth asks persistence to end a key");
  public static final Address<UUID, Void> KEYS_USED =
      new Address<>("keys.used", "auth asks persistence to note, once a minute, a key's use");
  public static final Address<Applications.Row, Application> APPLICATIONS_CREATE =
      new Address<>("applications.create", "auth asks persistence to store a platform");
  public static final Address<Applications.RowChange, Applications.Changed> APPLICATIONS_CHANGE =
      new Address<>("applications.change", "auth asks persistence to change a platform");
  public static final Address<Applications.Of, List<UUID>> APPLICATIONS_REMOVE =
      new Address<>("applications.remove", "auth asks persistence to forget a platform");
  public static final Address<Applications.KeyRow, Application.Key> APPLICATIONS_ADD_KEY =
      new Address<>("applications.add-key", "auth asks persistence to store a platform's key");
  public static final Address<Applications.KeyOf, Void> APPLICATIONS_REMOVE_KEY =
      new Address<>("applications.remove-key", "auth asks persistence to forget a platform's key");
  public static final Address<UUID, Optional<Applications.Signer>> APPLICATIONS_SIGNER =
      new Address<>("applications.signer", "auth asks persistence for a key and its platform");
  public static final Address<Applications.Admit, User> APPLICATIONS_ADMIT =
      new Address<>(
          "applications.admit", "auth asks persistence to spend a token and find its account");

  public static final Address<Recovery.FindLink, Optional<UUID>> LINKS_FIND =
      new Address<>("links.find", "auth asks persistence whose link this is");
  public static final Address<Recovery.NewReset, Void> PASSWORDS_ASK_RESET =
      new Address<>(
          "passwords.ask-reset", "auth asks persistence to send a link to a new password");
  public static final Address<Recovery.ResetPassword, List<UUID>> PASSWORDS_RESET =
      new Address<>("passwords.reset", "auth asks persistence to set a password by a link");
  public static final Address<Recovery.SetPassword, List<UUID>> PASSWORDS_CHANGE =
      new Address<>("passwords.change", "auth asks persistence to change a password");
  public static final Address<Recovery.NewEmail, Void> EMAILS_ASK =
      new Address<>("emails.ask", "auth asks persistence to send a link to a new address");
  public static final Address<Recovery.ProveEmail, Void> EMAILS_PROVE =
      new Address<>("emails.prove", "auth asks persistence to send the proof of an address again");
  public static final Address<Recovery.ProvedEmail, UUID> EMAILS_CONFIRM =
      new Address<>("emails.confirm", "auth asks persistence to take a link as proof");

  // Served by persistence, asked by mail.
  public static final Address<Recovery.ClaimLetters, List<Recovery.Letter>> LETTERS_CLAIM =
      new Address<>("letters.claim", "mail asks persistence every second which letters to send");
  public static final Address<Recovery.HoldLetters, Void> LETTERS_HOLD =
      new Address<>("letters.hold", "mail asks persistence to keep letters for it a while longer");
  public static final Address<UUID, Void> LETTERS_SENT =
      new Address<>("letters.sent", "mail asks persistence to note that a letter is sent");
  public static final Address<Recovery.LetterFailed, Boolean> LETTERS_FAILED =
      new Address<>("letters.failed", "mail asks persistence to note that a letter was refused");

  // Served by persistence, asked by http and realtime.
  public static final Address<Accounts.ListSessions, List<OpenSession>> SESSIONS_LIST =
      new Address<>("sessions.list", "http asks persistence where a person is signed in");
  public static final Address<UUID, List<Identity>> IDENTITIES_LIST =
      new Address<>("identities.list", "http asks persistence for one's identities");
  public static final Address<UUID, List<ApiKey>> KEYS_LIST =
      new Address<>("keys.list", "http asks persistence for one's keys");
  public static final Address<Void, List<Application>> APPLICATIONS_LIST =
      new Address<>("applications.list", "http asks persistence for all platforms");
  public static final Address<UUID, Application> APPLICATIONS_GET =
      new Address<>("applications.get", "http asks persistence for one platform");
  public static final Address<String, Boolean> APPLICATIONS_HAVE_ORIGIN =
      new Address<>(
          "applications.have-origin", "http asks persistence whether a platform lists an origin");
  public static final Address<Void, Boolean> USERS_ANY =
      new Address<>("users.any", "the start asks persistence whether there is an account yet");
  public static final Address<UUID, Account> USERS_ME =
      new Address<>("users.me", "http asks persistence for one's own account");
  public static final Address<Actor, OwnData> USERS_DATA =
      new Address<>("users.data", "http asks persistence for all that is kept of a person");
  public static final Address<Messages.OwnAfter, Messages.OwnPage> MESSAGES_OWN =
      new Address<>("messages.own", "http asks persistence for what a person said in a room");
  public static final Address<Users.Search, List<User>> USERS_SEARCH =
      new Address<>("users.search", "http asks persistence for people by name");
  public static final Address<Users.Get, User> USERS_GET =
      new Address<>("users.get", "http asks persistence for one person");
  public static final Address<Rooms.Create, Rooms.Created> ROOMS_CREATE =
      new Address<>("rooms.create", "http asks persistence to make a room");
  public static final Address<Rooms.ListMine, RoomList> ROOMS_LIST =
      new Address<>("rooms.list", "http asks persistence for one's rooms");
  public static final Address<Rooms.Directory, Page<Room, String>> ROOMS_DIRECTORY =
      new Address<>("rooms.directory", "http asks persistence for public rooms");
  public static final Address<Rooms.Get, Room> ROOMS_GET =
      new Address<>("rooms.get", "http asks persistence for one room");
  public static final Address<Rooms.SyncSince, Sync> ROOMS_SYNC =
      new Address<>("rooms.sync", "http asks persistence what changed in a room");
  public static final Address<Rooms.MarkRead, ReadMark> ROOMS_READ =
      new Address<>("rooms.read", "http and realtime ask persistence to raise a read mark");
  public static final Address<Rooms.Join, Room> MEMBERS_JOIN =
      new Address<>("members.join", "http asks persistence to let someone join");
  public static final Address<Rooms.Leave, Void> MEMBERS_LEAVE =
      new Address<>("members.leave", "http asks persistence to let someone leave");
  public static final Address<Rooms.ListMembers, Page<Member, UUID>> MEMBERS_LIST =
      new Address<>("members.list", "http asks persistence for a room's members");
  public static final Address<Rooms.AddMember, Member> MEMBERS_ADD =
      new Address<>("members.add", "http asks persistence to add a member");
  public static final Address<Rooms.RemoveMember, Void> MEMBERS_REMOVE =
      new Address<>("members.remove", "http asks persistence to remove a member");
  public static final Address<Messages.Post, Message> MESSAGES_POST =
      new Address<>("messages.post", "http and realtime ask the room writer to store a message");
  public static final Address<Messages.ReadPage, History> MESSAGES_PAGE =
      new Address<>("messages.page", "http asks persistence for a page of history");
  public static final Address<Messages.ReadAround, History> MESSAGES_AROUND =
      new Address<>("messages.around", "http asks persistence for the messages around one");
  public static final Address<Messages.Get, OneMessage> MESSAGES_GET =
      new Address<>("messages.get", "http asks persistence for one message");
  public static final Address<Rooms.MayHear, List<Rooms.Admission>> ROOMS_MAY_HEAR =
      new Address<>("rooms.may-hear", "realtime asks persistence who may hear what");
  public static final Address<Rooms.ReadLog, Sync> ROOMS_LOG =
      new Address<>("rooms.log", "realtime asks persistence to fill a gap");
  public static final Address<Rooms.ReadHeads, Rooms.Heads> ROOMS_HEADS =
      new Address<>(
          "rooms.heads",
          "realtime asks persistence every two seconds where rooms and people stand");

  // Reactions.
  public static final Address<Reactions.React, OneMessage> REACTIONS_ADD =
      new Address<>("reactions.add", "http asks persistence to add a reaction to a message");
  public static final Address<Reactions.React, OneMessage> REACTIONS_REMOVE =
      new Address<>("reactions.remove", "http asks persistence to take a reaction back");
  public static final Address<Reactions.Who, Page<Person, Long>> REACTIONS_WHO =
      new Address<>("reactions.who", "http asks persistence who reacted with an emoji");

  // Edits and deletions.
  public static final Address<Edits.Edit, OneMessage> MESSAGES_EDIT =
      new Address<>("messages.edit", "http asks persistence to let a message say something else");
  public static final Address<Edits.Delete, OneMessage> MESSAGES_DELETE =
      new Address<>("messages.delete", "http asks persistence to take a message back");
  public static final Address<Edits.ListVersions, Page<Edits.Version, Long>> MESSAGES_VERSIONS =
      new Address<>("messages.versions", "http asks persistence what a message said before");

  // Reports.
  public static final Address<Reports.File, Reports.FiledNow> REPORTS_FILE =
      new Address<>("reports.file", "http asks persistence to tell administrators of a message");

  // Pins.
  public static final Address<Pins.Pin, OneMessage> PINS_ADD =
      new Address<>("pins.add", "http asks persistence to pin a message");
  public static final Address<Pins.Pin, OneMessage> PINS_REMOVE =
      new Address<>("pins.remove", "http asks persistence to take a pin off");
  public static final Address<Pins.ListPins, Pins> PINS_LIST =
      new Address<>("pins.list", "http asks persistence for a room's pinned messages");

  // Threads and forwards.
  public static final Address<Messages.ReadThread, History> MESSAGES_THREAD =
      new Address<>("messages.thread", "http asks persistence for a page of a thread");
  public static final Address<Messages.Forward, Message> MESSAGES_FORWARD =
      new Address<>("messages.forward", "http asks persistence to repeat a message elsewhere");
  public static final Address<Messages.Get, Messages.Place> MESSAGES_ORIGIN =
      new Address<>("messages.origin", "http asks persistence where a message was said first");

  // Mentions.
  public static final Address<Mentions.Inbox, Page<Mentions.Item, String>> MENTIONS_LIST =
      new Address<>("mentions.list", "http asks persistence for what calls a person");

  // Search.
  public static final Address<Search.Find, Page<Search.Hit, String>> SEARCH_FIND =
      new Address<>("search.find", "http asks persistence for messages in which words stand");
  public static final Address<Void, Void> SEARCH_REBUILD =
      new Address<>("search.rebuild", "http asks persistence to make the search index anew");

  // The admin panel's models.
  public static final Address<Void, List<Admin.Model>> ADMIN_MODELS =
      new Address<>("admin.models", "http asks persistence what administrators can look at");
  public static final Address<Admin.ListRows, Page<Map<String, Object>, String>> ADMIN_LIST =
      new Address<>("admin.list", "http asks persistence for a page of a model's rows");
  public static final Address<Admin.GetRow, Admin.Item> ADMIN_GET =
      new Address<>("admin.get", "http and auth ask persistence for one row of a model");
  public static final Address<Admin.Deed, Admin.Done> ADMIN_ACT =
      new Address<>("admin.act", "auth asks persistence to do something to a row of a model");

  // Own place.
  public static final Address<OwnPlace.Change, Room.MyPlace> PLACES_CHANGE =
      new Address<>("places.change", "http asks persistence to change one's place in a room");
  public static final Address<ReadMarks.Of, Page<ReadMarks.One, UUID>> READ_MARKS_LIST =
      new Address<>("read-marks.list", "http asks persistence how far members have read");

  // Room management.
  public static final Address<Rooms.Change, Room> ROOMS_CHANGE =
      new Address<>("rooms.change", "http asks persistence to change a room");
  public static final Address<RoomPictures.Upload, Room> ROOM_PICTURES_UPLOAD =
      new Address<>("room-pictures.upload", "http asks media to make a room's picture of a file");
  public static final Address<RoomPictures.Keep, Room> ROOM_PICTURES_KEEP =
      new Address<>(
          "room-pictures.keep", "http and media ask persistence to store a room's picture");
  public static final Address<RoomPictures.Get, Avatars.Picture> ROOM_PICTURES_GET =
      new Address<>("room-pictures.get", "http asks persistence for a room's picture");
  public static final Address<Rooms.Delete, Void> ROOMS_DELETE =
      new Address<>("rooms.delete", "http asks persistence to delete a room");
  public static final Address<Rooms.ChangeRole, Member> MEMBERS_CHANGE_ROLE =
      new Address<>("members.change-role", "http asks persistence to give a member another role");

  // Invitations.
  public static final Address<Invites.Make, Invite> AUTH_INVITE_MAKE =
      new Address<>("auth.invite-make", "http asks auth to make a link into a room");
  public static final Address<Invites.Look, Invites.Preview> AUTH_INVITE_LOOK =
      new Address<>("auth.invite-look", "http asks auth where a link into a room leads");
  public static final Address<Invites.Accept, Room> AUTH_INVITE_ACCEPT =
      new Address<>("auth.invite-accept", "http asks auth to let someone in by a link");
  public static final Address<Invites.Row, Invite> INVITES_CREATE =
      new Address<>("invites.create", "auth asks persistence to store a link into a room");
  public static final Address<Invites.LookByHash, Invites.Preview> INVITES_LOOK =
      new Address<>("invites.look", "auth asks persistence for the room of a link's hash");
  public static final Address<Invites.AcceptByHash, Room> INVITES_ACCEPT =
      new Address<>("invites.accept", "auth asks persistence to count a link's use and let in");
  public static final Address<Invites.ListOf, List<Invite>> INVITES_LIST =
      new Address<>("invites.list", "http asks persistence for a room's links");
  public static final Address<Invites.Revoke, Void> INVITES_REVOKE =
      new Address<>("invites.revoke", "http asks persistence to end a link");

  // Bans.
  public static final Address<Bans.Add, Void> BANS_ADD =
      new Address<>("bans.add", "http asks persistence to keep someone out of a room");
  public static final Address<Bans.Lift, Void> BANS_LIFT =
      new Address<>("bans.lift", "http asks persistence to let someone come again");
  public static final Address<Bans.ListOf, List<Bans.Ban>> BANS_LIST =
      new Address<>("bans.list", "http asks persistence who may not come into a room");

  // Blocks.
  public static final Address<Blocks.Put, Void> BLOCKS_PUT =
      new Address<>("blocks.put", "http asks persistence to block someone, or no longer");
  public static final Address<UUID, List<Person>> BLOCKS_LIST =
      new Address<>("blocks.list", "http asks persistence whom one blocks");
  public static final Address<UUID, Privacy> PRIVACY_GET =
      new Address<>("privacy.get", "http asks persistence who may write to one");
  public static final Address<Privacy.Change, Privacy> PRIVACY_CHANGE =
      new Address<>("privacy.change", "http asks persistence to change who may write to one");

  // Drafts.
  public static final Address<Drafts.Put, Draft> DRAFTS_PUT =
      new Address<>("drafts.put", "http asks persistence to keep what one has begun to write");
  public static final Address<Drafts.Remove, Void> DRAFTS_REMOVE =
      new Address<>("drafts.remove", "http asks persistence to forget a draft");
  public static final Address<Drafts.ListMine, Page<Draft, UUID>> DRAFTS_LIST =
      new Address<>("drafts.list", "http asks persistence for one's drafts");

  // Scheduled.
  public static final Address<Scheduled.Plan, Scheduled> SCHEDULED_PLAN =
      new Address<>("scheduled.plan", "http asks persistence to keep a message for later");
  public static final Address<UUID, Scheduled.List> SCHEDULED_LIST =
      new Address<>(
          "scheduled.list", "http asks persistence what of a person's is to be sent later");
  public static final Address<Scheduled.Change, Scheduled> SCHEDULED_CHANGE =
      new Address<>("scheduled.change", "http asks persistence to change what is to be sent later");
  public static final Address<Scheduled.Cancel, Void> SCHEDULED_CANCEL =
      new Address<>("scheduled.cancel", "http asks persistence to send nothing after all");

  // Previews.
  public static final Address<Previews.Keep, Boolean> PREVIEWS_KEEP =
      new Address<>("previews.keep", "media asks persistence to show what a link leads to");
  public static final Address<Previews.Picture, UUID> PREVIEWS_PICTURE =
      new Address<>("previews.picture", "media asks media to keep a small picture of a page's");
  public static final Address<Previews.Remove, OneMessage> PREVIEWS_REMOVE =
      new Address<>("previews.remove", "http asks persistence to show nothing of a link");

  public static final Address<Void, Void> DATABASE_PING =
      new Address<>("database.ping", "http and auth ask persistence whether the database answers");

  // Media.
  public static final Address<Media.Admit, Media.Incoming> MEDIA_ADMIT =
      new Address<>("media.admit", "http asks media where a file may be written");
  public static final Address<Media.Received, Attachment> MEDIA_KEEP =
      new Address<>("media.keep", "http asks media to keep a file that has come in", 120_000);
  public static final Address<Media.Get, Media.Content> MEDIA_OPEN =
      new Address<>("media.open", "http asks media for a file that somebody may see");
  public static final Address<Media.Link, String> AUTH_MEDIA_LINK =
      new Address<>("auth.media-link", "http asks auth for the token of a link to a file");
  public static final Address<Media.Shown, UUID> AUTH_MEDIA_LOOK =
      new Address<>("auth.media-look", "http asks auth who was given a link to a file");
  public static final Address<Media.Remove, Void> MEDIA_REMOVE =
      new Address<>("media.remove", "http asks persistence to forget a file that was not sent");
  public static final Address<Media.OwnAfter, Page<Media.Stored, UUID>> MEDIA_OWN =
      new Address<>("media.own", "http asks persistence for a person's own files");
  public static final Address<UUID, Long> MEDIA_USED =
      new Address<>("media.used", "media asks persistence how many bytes of files somebody has");
  public static final Address<Media.Intend, Void> MEDIA_INTEND =
      new Address<>("media.intend", "media asks persistence to expect bytes");
  public static final Address<Media.Add, Attachment> MEDIA_ADD =
      new Address<>("media.add", "media asks persistence to store what a file is");
  public static final Address<Media.Get, Media.Stored> MEDIA_FIND =
      new Address<>(
          "media.find", "http and media ask persistence for a file that somebody may see");
  public static final Address<String, Void> MEDIA_ERASE =
      new Address<>("media.erase", "persistence asks media to erase bytes nobody refers to");

  // Who may make an account.
  public static final Address<Void, AccountInvites.State> AUTH_REGISTRATION =
      new Address<>("auth.registration", "http asks auth who may make an account");
  public static final Address<AccountInvites.SetMode, AccountInvites.State>
      AUTH_REGISTRATION_CHANGE =
          new Address<>(
              "auth.registration-change", "http asks auth to change who may make an account");
  public static final Address<AccountInvites.Make, AccountInvite> AUTH_ACCOUNT_INVITE_MAKE =
      new Address<>("auth.account-invite-make", "http asks auth to make a link to an account");
  public static final Address<AccountInvites.Revoke, Void> AUTH_ACCOUNT_INVITE_REVOKE =
      new Address<>("auth.account-invite-revoke", "http asks auth to end a link to an account");
  public static final Address<String, AccountInvites.Offer> AUTH_ACCOUNT_INVITE_LOOK =
      new Address<>("auth.account-invite-look", "http asks auth what a link to an account offers");
  public static final Address<AccountInvites.Entry, AccountInvites.State> REGISTRATION_GET =
      new Address<>("registration.get", "auth asks persistence who may make an account");
  public static final Address<AccountInvites.Entry, Void> REGISTRATION_MAY =
      new Address<>(
          "registration.may", "auth asks persistence whether somebody may make an account");
  public static final Address<AccountInvites.NewMode, AccountInvites.State> REGISTRATION_CHANGE =
      new Address<>(
          "registration.change", "auth asks persistence to change who may make an account");
  public static final Address<AccountInvites.Row, AccountInvite> ACCOUNT_INVITES_CREATE =
      new Address<>(
          "account-invites.create", "auth asks persistence to store a link to an account");
  public static final Address<AccountInvites.End, Void> ACCOUNT_INVITES_REVOKE =
      new Address<>("account-invites.revoke", "auth asks persistence to end a link to an account");
  public static final Address<byte[], AccountInvites.Offer> ACCOUNT_INVITES_LOOK =
      new Address<>("account-invites.look", "auth asks persistence for the link of a token's hash");
  public static final Address<AccountInvites.ListOf, Page<AccountInvite, UUID>>
      ACCOUNT_INVITES_LIST =
          new Address<>("account-invites.list", "http asks persistence for links to accounts");

  // Announcements.
  public static final Address<Void, List<Announcement>> ANNOUNCEMENTS_LIST =
      new Address<>(
          "announcements.list", "http asks persistence what administrators tell everybody");

  // Running it.
  public static final Address<Integer, Activity> ACTIVITY_GET =
      new Address<>("activity.get", "http asks persistence what there is, and what days brought");
  public static final Address<Connections.Question, Connections.Gathered> CONNECTIONS_FIND =
      new Address<>("connections.find", "http asks realtime which sockets are open, on all nodes");
  public static final Address<Void, List<ServerSetting>> SERVER_SETTINGS =
      new Address<>("server.settings", "http asks the start for the settings in force");
  public static final Address<Void, Long> SERVER_SPACE =
      new Address<>("server.space", "http asks the start how many bytes the data folder can take");

  // Announced.
  public static final Topic<RoomNews> ROOM =
      new Topic<>(
          "room.",
          "persistence announces what a commit changed in a room, realtime what does not last; hubs hear");
  public static final Topic<UserNotice> USER =
      new Topic<>(
          "user.", "persistence announces a change of one person's own state; their sockets hear");
  public static final Topic<Accounts.SessionsEnded> SESSIONS_ENDED =
      new Topic<>(
          "sessions.ended", "auth announces sessions that are over; realtime and auth hear");
  public static final Topic<Accounts.AccountChanged> ACCOUNT_CHANGED =
      new Topic<>(
          "accounts.changed",
          "auth announces that a person is called otherwise or may do something else; auth and realtime hear");
  public static final Topic<FilterWords.Changed> FILTER_WORDS =
      new Topic<>(
          "filter-words",
          "persistence announces that the word filter's list has changed; persistence hears");
  public static final Topic<Previews.Said> LINKS =
      new Topic<>(
          "links",
          "persistence announces on its own node what was said with a link, after the commit; media hears");
  public static final Topic<Announcement.News> ANNOUNCEMENTS =
      new Topic<>(
          "announcements",
          "persistence announces what administrators tell everybody; realtime hears");
  public static final Topic<NodeNews> NODES =
      new Topic<>(
          "nodes",
          "realtime announces that a node lives and who is there; realtime of other nodes hears");
}
