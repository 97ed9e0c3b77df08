package chat.parley.bus;

import chat.parley.model.Account;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.model.Avatars;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.History;
import chat.parley.model.Member;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.NodeNews;
import chat.parley.model.OwnData;
import chat.parley.model.Page;
import chat.parley.model.ReadMark;
import chat.parley.model.Room;
import chat.parley.model.RoomList;
import chat.parley.model.RoomNews;
import chat.parley.model.Rooms;
import chat.parley.model.SiteSession;
import chat.parley.model.Sync;
import chat.parley.model.Ticket;
import chat.parley.model.Tokens;
import chat.parley.model.User;
import chat.parley.model.UserNotice;
import chat.parley.model.Users;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Every conversation on the bus, once. A test checks that each is served and asked. */
public final class Addresses {
  private Addresses() {}

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

  // Served by persistence, asked by http and realtime.
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
  public static final Address<Messages.Get, Message> MESSAGES_GET =
      new Address<>("messages.get", "http asks persistence for one message");
  public static final Address<Rooms.MayHear, List<Rooms.Admission>> ROOMS_MAY_HEAR =
      new Address<>("rooms.may-hear", "realtime asks persistence who may hear what");
  public static final Address<Rooms.ReadLog, Sync> ROOMS_LOG =
      new Address<>("rooms.log", "realtime asks persistence to fill a gap");
  public static final Address<Rooms.ReadHeads, Rooms.Heads> ROOMS_HEADS =
      new Address<>(
          "rooms.heads",
          "realtime asks persistence every two seconds where rooms and people stand");
  public static final Address<Void, Void> DATABASE_PING =
      new Address<>("database.ping", "http asks persistence whether the database answers");

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
  public static final Topic<NodeNews> NODES =
      new Topic<>(
          "nodes",
          "realtime announces that a node lives and who is there; realtime of other nodes hears");
}
