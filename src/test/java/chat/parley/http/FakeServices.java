package chat.parley.http;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.AccountInvite;
import chat.parley.model.AccountInvites;
import chat.parley.model.Activity;
import chat.parley.model.Admin;
import chat.parley.model.Announcement;
import chat.parley.model.ApiKey;
import chat.parley.model.Application;
import chat.parley.model.Attachment;
import chat.parley.model.Audit;
import chat.parley.model.Avatars;
import chat.parley.model.Bans;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.Draft;
import chat.parley.model.Edits;
import chat.parley.model.Event;
import chat.parley.model.Factors;
import chat.parley.model.Head;
import chat.parley.model.History;
import chat.parley.model.Identity;
import chat.parley.model.Invite;
import chat.parley.model.Invites;
import chat.parley.model.MadeApiKey;
import chat.parley.model.ManagedUser;
import chat.parley.model.Media;
import chat.parley.model.Member;
import chat.parley.model.MemberRole;
import chat.parley.model.Mentions;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import chat.parley.model.Oidc;
import chat.parley.model.OneMessage;
import chat.parley.model.OpenSession;
import chat.parley.model.OwnData;
import chat.parley.model.Page;
import chat.parley.model.Pins;
import chat.parley.model.Privacy;
import chat.parley.model.ReadMark;
import chat.parley.model.ReadMarks;
import chat.parley.model.RegistrationMode;
import chat.parley.model.Reports;
import chat.parley.model.Role;
import chat.parley.model.Room;
import chat.parley.model.RoomHistory;
import chat.parley.model.RoomKind;
import chat.parley.model.RoomList;
import chat.parley.model.RoomPosting;
import chat.parley.model.Rooms;
import chat.parley.model.Scheduled;
import chat.parley.model.Scope;
import chat.parley.model.Search;
import chat.parley.model.ServerSetting;
import chat.parley.model.SignInMethods;
import chat.parley.model.SiteSession;
import chat.parley.model.Sync;
import chat.parley.model.Ticket;
import chat.parley.model.Tokens;
import chat.parley.model.User;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serves every address that the door asks with a canned answer, remembers the questions, and can be
 * told to fail.
 */
final class FakeServices {
  static final String TOKEN = "good-token";

  /** A key with the one scope that is named after this. */
  static final String KEY_FOR = "key-for-";

  static final String COOKIE = "live-cookie";

  /** Of the browser of somebody who is no administrator. */
  static final String USER_COOKIE = "cookie-of-a-user";

  static final String CSRF = "csrf-of-the-session";
  static final UUID ROOM = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  static final User ANNA =
      new User(
          UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8001"),
          "anna",
          "Anna",
          null,
          Role.ADMIN);

  private static final UUID SESSION = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8002");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final Attachment FILE =
      new Attachment(ROOM, "a.txt", "text/plain", 100, null, null, null, null);

  private static final Message HELLO =
      Message.said(ROOM, 7, 9, SESSION, ANNA.person(), "hello", NOON);
  private static final OneMessage SHOWN = new OneMessage(HELLO, List.of("\uD83D\uDC4D"));
  private static final Map<Long, List<String>> MINE = Map.of(7L, SHOWN.mine());
  private static final Room LOBBY =
      new Room(
          ROOM,
          RoomKind.GROUP,
          "Lobby",
          null,
          null,
          null,
          RoomPosting.MEMBERS,
          RoomHistory.ALL,
          30,
          9,
          7L,
          1,
          null,
          Room.MyPlace.plain(MemberRole.OWNER, 6, 1),
          HELLO);
  private static final ApiKey KEY = new ApiKey(ROOM, "bot", List.of(Scope.READ), NOON, NOON, null);
  private static final Application SHOP =
      new Application(
          ROOM,
          "Shop",
          List.of("https://shop.example"),
          false,
          NOON,
          List.of(new Application.Key(ROOM, "HS256", NOON, null)));
  private static final Member MEMBER = Member.present(ANNA.person(), MemberRole.OWNER, NOON, 2);

  private static final Map<String, Object> NOTE =
      Map.of("id", ROOM.toString(), "text", "hello", "at", NOON);

  private static final Admin.Model NOTES = notes();

  private final Bus bus;
  private final Map<String, Object> asked = new ConcurrentHashMap<>();
  private final Map<String, RuntimeException> failing = new ConcurrentHashMap<>();
  private final Map<String, Supplier<Future<Void>>> holding = new ConcurrentHashMap<>();

  private static Admin.Model notes() {
    List<Admin.Field> fields =
        List.of(
            new Admin.Field("text", "Text", Admin.Type.TEXT, true, null, 100),
            new Admin.Field("size", "Size", Admin.Type.CHOICE, false, List.of("s", "m"), null));
    return new Admin.Model(
        "notes",
        "Notes",
        "Things",
        List.of(
            new Admin.Column("text", "Text", Admin.Type.TEXT, null, null),
            new Admin.Column("at", "At", Admin.Type.TIME, null, null)),
        List.of(new Admin.Sort("at", "At")),
        List.of(
            new Admin.Filter("user", "User", Admin.Type.ID, null, "users", List.of("at")),
            new Admin.Filter("state", "State", Admin.Type.CHOICE, List.of("new"), null, null)),
        true,
        fields,
        fields,
        true,
        List.of(new Admin.Action("shout", "Shout", false, null)),
        "What to know");
  }

  FakeServices(Bus bus) {
    this.bus = bus;
    serve(Addresses.AUTH_VERIFY, this::verify);
    answer(Addresses.AUTH_REGISTER, new Account(ANNA, "anna@example.org", true));
    answer(Addresses.AUTH_LOGIN, tokens());
    answer(Addresses.AUTH_REFRESH, tokens());
    answer(Addresses.AUTH_SITE_LOGIN, new SiteSession(ANNA, CSRF, COOKIE, 3600));
    answer(Addresses.AUTH_LOGOUT, null);
    answer(Addresses.AUTH_CONFIRM, null);
    answer(Addresses.AUTH_LOGOUT_OTHERS, null);
    answer(
        Addresses.AUDIT_VERIFY,
        new Audit.Verified(1, 2, "ab", false, new Audit.Broken(3, Audit.Flaw.CHANGED)));
    answer(Addresses.AUTH_CHANGE_USER, new ManagedUser(ANNA, false));
    answer(Addresses.AUTH_ADMIN_ACT, ROOM.toString());
    answer(Addresses.AUTH_ADMINISTERS, null);
    answer(Addresses.ADMIN_MODELS, List.of(NOTES));
    answer(Addresses.ADMIN_LIST, new Page<>(List.of(NOTE), null));
    answer(Addresses.ADMIN_GET, new Admin.Item(NOTE));
    answer(
        Addresses.SESSIONS_LIST,
        List.of(
            new OpenSession(
                SESSION, OpenSession.Kind.SITE, true, NOON, NOON, "192.0.2.1", "a browser", NOON)));
    serveFactors();
    answer(Addresses.AUTH_TICKET, new Ticket("one-use", 30));
    answer(Addresses.KEYS_LIST, List.of(KEY));
    answer(
        Addresses.AUTH_KEY_MAKE,
        new MadeApiKey(ROOM, "bot", List.of(Scope.READ), NOON, null, "parley_key"));
    answer(Addresses.AUTH_KEY_REVOKE, null);
    answer(Addresses.AUTH_EXCHANGE, tokens());
    answer(Addresses.AUTH_SITE_EXCHANGE, new SiteSession(ANNA, CSRF, COOKIE, 3600));
    answer(Addresses.APPLICATIONS_HAVE_ORIGIN, false);
    answer(Addresses.APPLICATIONS_LIST, List.of(SHOP));
    answer(Addresses.APPLICATIONS_GET, SHOP);
    answer(Addresses.AUTH_APPLICATION_MAKE, SHOP);
    answer(Addresses.AUTH_APPLICATION_CHANGE, SHOP);
    answer(Addresses.AUTH_APPLICATION_REMOVE, null);
    answer(Addresses.AUTH_APPLICATION_ADD_KEY, SHOP.keys().get(0));
    answer(Addresses.AUTH_APPLICATION_REMOVE_KEY, null);
    answer(
        Addresses.AUTH_METHODS,
        new SignInMethods(
            RegistrationMode.OPEN, false, false, new SignInMethods.Provider("Test login")));
    answer(
        Addresses.AUTH_OIDC_BEGIN, new Oidc.Begun("https://login.example/authorize?a=b", "sealed"));
    answer(Addresses.AUTH_OIDC_FINISH, Optional.of(new SiteSession(ANNA, CSRF, COOKIE, 3600)));
    answer(Addresses.AUTH_IDENTITY_REMOVE, null);
    answer(
        Addresses.IDENTITIES_LIST,
        List.of(new Identity(SESSION, "https://login.example", "0815", "anna@example.org", NOON)));
    answer(Addresses.AUTH_ASK_RESET, null);
    answer(Addresses.AUTH_RESET, null);
    answer(Addresses.AUTH_PASSWORD, tokens());
    answer(Addresses.AUTH_SITE_PASSWORD, new SiteSession(ANNA, CSRF, COOKIE, 3600));
    answer(Addresses.AUTH_EMAIL, null);
    answer(Addresses.AUTH_CONFIRM_EMAIL, null);
    answer(Addresses.AUTH_VERIFY_EMAIL, null);
    answer(Addresses.USERS_ME, new Account(ANNA, null, true));
    answer(Addresses.AUTH_PROFILE, new Account(ANNA, null, false, true, null, "Europe/Berlin"));
    answer(Addresses.AUTH_CONFIRMED, null);
    answer(Addresses.AUTH_DEPART, null);
    answer(
        Addresses.USERS_DATA,
        new OwnData(new Account(ANNA, null, true), NOON, List.of(), List.of()));
    answer(Addresses.AVATARS_UPLOAD, new Account(ANNA, null, true));
    answer(Addresses.AVATARS_REMOVE, new Account(ANNA, null, true));
    answer(Addresses.AVATARS_GET, new Avatars.Picture("abc", "image/png", new byte[] {1, 2, 3}));
    answer(Addresses.USERS_SEARCH, List.of(ANNA));
    answer(Addresses.USERS_GET, ANNA);
    answer(
        Addresses.ROOMS_LIST,
        new RoomList(
            List.of(LOBBY), List.of(), List.of(new RoomList.RoomHead(ROOM, 9, 7, 6, 0)), 3));
    answer(Addresses.ROOMS_CREATE, new Rooms.Created(LOBBY, true));
    answer(Addresses.ROOMS_DIRECTORY, new Page<>(List.of(LOBBY), "lobby"));
    answer(Addresses.ROOMS_GET, LOBBY);
    answer(Addresses.ROOMS_READ, new ReadMark(7, 0));
    answer(
        Addresses.ROOMS_SYNC,
        new Sync(List.of(new Event.MessageChanged(ROOM, 9, HELLO)), MINE, new Head(9, 7), false));
    answer(Addresses.MEMBERS_JOIN, LOBBY);
    answer(Addresses.MEMBERS_LEAVE, null);
    answer(Addresses.MEMBERS_LIST, new Page<>(List.of(MEMBER), ANNA.id()));
    answer(Addresses.MEMBERS_ADD, MEMBER);
    answer(Addresses.MEMBERS_REMOVE, null);
    answer(
        Addresses.MESSAGES_PAGE,
        new History(List.of(HELLO), 7L, MINE, new Head(9, 7)).with(List.of()));
    answer(
        Addresses.MESSAGES_AROUND,
        new History(List.of(HELLO), 7L, 7L, MINE, new Head(9, 7), List.of()));
    answer(Addresses.MESSAGES_POST, HELLO);
    answer(Addresses.MESSAGES_GET, SHOWN);

    // Media.
    Media.Place place = new Media.Place.Disk("openapi.yaml", "ab/cd");
    // A place of its own for each: one that is done with is taken away after the answer.
    serve(
        Addresses.MEDIA_ADMIT,
        ask ->
            Future.succeededFuture(
                new Media.Incoming("target/upload-to-nobody-" + UUID.randomUUID(), 1_000)));
    answer(Addresses.MEDIA_KEEP, FILE);
    answer(Addresses.MEDIA_OPEN, new Media.Content("a.txt", "text/plain", 100, "abcd", place));
    answer(Addresses.MEDIA_FIND, new Media.Stored(FILE, "abcd", null, NOON));
    answer(Addresses.MEDIA_OWN, new Page<>(List.of(), null));
    answer(Addresses.MEDIA_REMOVE, null);
    answer(Addresses.AUTH_MEDIA_LINK, "abc");
    answer(Addresses.AUTH_MEDIA_LOOK, ANNA.id());

    // Reactions.
    answer(Addresses.REACTIONS_ADD, SHOWN);
    answer(Addresses.REACTIONS_REMOVE, SHOWN);
    answer(Addresses.REACTIONS_WHO, new Page<>(List.of(ANNA.person()), 9L));

    // Edits and deletions.
    answer(Addresses.MESSAGES_EDIT, SHOWN);
    answer(Addresses.MESSAGES_DELETE, new OneMessage(HELLO));
    answer(
        Addresses.REPORTS_FILE,
        new Reports.FiledNow(new Reports.Filed(ROOM, Reports.Reason.SPAM, "again", NOON), true));
    answer(
        Addresses.MESSAGES_VERSIONS, new Page<>(List.of(new Edits.Version("hallo", NOON)), null));

    // Previews.
    answer(Addresses.PREVIEWS_REMOVE, SHOWN);

    // Pins.
    answer(Addresses.PINS_ADD, SHOWN);
    answer(Addresses.PINS_REMOVE, SHOWN);
    answer(Addresses.PINS_LIST, new Pins(List.of(HELLO), MINE));

    // Threads and forwards.
    answer(Addresses.MESSAGES_THREAD, new History(List.of(HELLO), null, MINE, new Head(9, 7)));
    answer(Addresses.MESSAGES_FORWARD, HELLO);
    answer(Addresses.MESSAGES_ORIGIN, new Messages.Place(ROOM, 7));

    // Mentions.
    answer(Addresses.MENTIONS_LIST, new Page<>(List.of(new Mentions.Item(ROOM, HELLO)), "abc"));

    // Search.
    answer(
        Addresses.SEARCH_FIND,
        new Page<>(List.of(new Search.Hit(HELLO, List.of(List.of(0, 2)))), "abc"));
    answer(Addresses.SEARCH_REBUILD, null);

    // Own place.
    answer(Addresses.PLACES_CHANGE, Room.MyPlace.plain(MemberRole.OWNER, 6, 1));
    answer(
        Addresses.READ_MARKS_LIST, new Page<>(List.of(new ReadMarks.One(ANNA.id(), 7)), ANNA.id()));

    // Room management.
    answer(Addresses.ROOMS_CHANGE, LOBBY);
    answer(Addresses.ROOMS_DELETE, null);
    answer(Addresses.ROOM_PICTURES_UPLOAD, LOBBY);
    answer(Addresses.ROOM_PICTURES_KEEP, LOBBY);
    answer(
        Addresses.ROOM_PICTURES_GET, new Avatars.Picture("abc", "image/png", new byte[] {1, 2, 3}));
    answer(Addresses.MEMBERS_CHANGE_ROLE, MEMBER);

    // Invitations.
    Invite invite = new Invite(ROOM, "token", null, NOON, 5, 0, ANNA.person(), NOON);
    answer(Addresses.AUTH_INVITE_MAKE, invite);
    answer(Addresses.INVITES_LIST, List.of(invite));
    answer(Addresses.INVITES_REVOKE, null);
    answer(
        Addresses.AUTH_INVITE_LOOK,
        new Invites.Preview(
            new Invites.Preview.Summary(ROOM, RoomKind.GROUP, "Lobby", null, null, 1), NOON));
    answer(Addresses.AUTH_INVITE_ACCEPT, LOBBY);

    // Bans.
    answer(Addresses.BANS_LIST, List.of(new Bans.Ban(ANNA.person(), ANNA.person(), NOON)));
    answer(Addresses.BANS_ADD, null);
    answer(Addresses.BANS_LIFT, null);

    // Blocks.
    answer(Addresses.BLOCKS_LIST, List.of(ANNA.person()));
    answer(Addresses.BLOCKS_PUT, null);
    answer(Addresses.PRIVACY_GET, new Privacy(Privacy.DirectFrom.EVERYONE));
    answer(Addresses.PRIVACY_CHANGE, new Privacy(Privacy.DirectFrom.SHARED));

    // Drafts.
    Draft draft = new Draft(ROOM, "hel", 6L, NOON);
    answer(Addresses.DRAFTS_PUT, draft);
    answer(Addresses.DRAFTS_REMOVE, null);
    answer(Addresses.DRAFTS_LIST, new Page<>(List.of(draft), null));

    // Scheduled.
    Scheduled later = new Scheduled(SESSION, ROOM, "hello", 7L, null, NOON, NOON, null);
    answer(Addresses.SCHEDULED_PLAN, later);
    answer(Addresses.SCHEDULED_LIST, new Scheduled.List(List.of(later)));
    answer(Addresses.SCHEDULED_CHANGE, later);
    answer(Addresses.SCHEDULED_CANCEL, null);

    // Who may make an account.
    AccountInvites.State state = new AccountInvites.State(RegistrationMode.INVITE, false, false);
    AccountInvite link =
        new AccountInvite(
            ROOM, null, null, Role.USER, "the team", NOON, 5, 1, true, ANNA.person(), NOON);
    answer(Addresses.AUTH_REGISTRATION, state);
    answer(Addresses.AUTH_REGISTRATION_CHANGE, state);
    answer(
        Addresses.AUTH_ACCOUNT_INVITE_MAKE,
        link.withToken("a".repeat(43), "https://chat.example/#/invite/"));
    answer(Addresses.AUTH_ACCOUNT_INVITE_REVOKE, null);
    answer(Addresses.AUTH_ACCOUNT_INVITE_LOOK, new AccountInvites.Offer(Role.USER, NOON));
    answer(Addresses.ACCOUNT_INVITES_LIST, new Page<>(List.of(link), null));

    answer(
        Addresses.ANNOUNCEMENTS_LIST,
        List.of(
            new Announcement(ROOM, "Tonight we move.", Announcement.Severity.WARNING, NOON, NOON)));

    // Running it; realtime itself answers for sockets.
    answer(
        Addresses.ACTIVITY_GET,
        new Activity(
            NOON,
            new Activity.People(3, 1, 2, 3),
            new Activity.Rooms(1, 1, 1),
            new Activity.Messages(9, 7),
            new Activity.Files(1, 100),
            1_000_000,
            List.of(new Activity.Day("2026-01-01", 7, 2, 1))));
    answer(Addresses.SERVER_SPACE, 1_000_000L);
    answer(
        Addresses.SERVER_SETTINGS,
        List.of(
            new ServerSetting(
                "port", "--port", "PARLEY_PORT", "80", "flag", "8080", "The port to listen on.")));

    answer(Addresses.DATABASE_PING, null);
  }

  private void serveFactors() {
    Factors.Passkey passkey = new Factors.Passkey(ROOM, "Phone", NOON, null);
    Factors.RecoveryCodes codes = new Factors.RecoveryCodes(List.of("0000-0000-0000-0000"));
    Factors.Ceremony ceremony = new Factors.Ceremony("abc", Map.of("challenge", "abc"));
    answer(Addresses.FACTORS_GET, new Factors.Overview(true, 9, List.of(passkey)));
    answer(Addresses.AUTH_TOTP, new Factors.NewSecret("ABC", "otpauth://totp/Parley:anna"));
    answer(Addresses.AUTH_TOTP_CONFIRM, codes);
    answer(Addresses.AUTH_TOTP_REMOVE, null);
    answer(Addresses.AUTH_RECOVERY_CODES, codes);
    answer(Addresses.AUTH_PASSKEY_BEGIN, ceremony);
    answer(Addresses.AUTH_PASSKEY_ADD, passkey);
    answer(Addresses.AUTH_PASSKEY_REMOVE, null);
    answer(Addresses.AUTH_PASSKEY_OPTIONS, ceremony);
    answer(Addresses.AUTH_PASSKEY_LOGIN, tokens());
    answer(Addresses.AUTH_PASSKEY_SITE_LOGIN, new SiteSession(ANNA, CSRF, COOKIE, 3600));
  }

  /** The last question to an address. */
  @SuppressWarnings("unchecked")
  <Q> Q asked(Address<Q, ?> address) {
    return (Q) asked.get(address.name());
  }

  void forget() {
    asked.clear();
    failing.clear();
  }

  /** From now on the address fails, until {@link #forget}. */
  void fail(Address<?, ?> address, RuntimeException failure) {
    failing.put(address.name(), failure);
  }

  /**
   * The next answer of the address waits for the promise; it is told when the question is there.
   */
  void hold(Address<?, ?> address, Promise<Void> asked, Promise<Void> release) {
    holding.put(
        address.name(),
        () -> {
          asked.tryComplete();
          return release.future();
        });
  }

  private <Q, R> void answer(Address<Q, R> address, R answer) {
    serve(address, question -> Future.succeededFuture(answer));
  }

  private <Q, R> void serve(Address<Q, R> address, Function<Q, Future<R>> service) {
    bus.serve(
        address,
        question -> {
          if (question != null) {
            asked.put(address.name(), question);
          }
          RuntimeException failure = failing.get(address.name());
          return failure == null
              ? held(address).compose(released -> service.apply(question))
              : Future.failedFuture(failure);
        });
  }

  private Future<Void> held(Address<?, ?> address) {
    Supplier<Future<Void>> hold = holding.remove(address.name());
    return hold == null ? Future.succeededFuture() : hold.get();
  }

  private Future<Caller> verify(Credential credential) {
    if (credential instanceof Credential.Bearer bearer && bearer.token().equals(TOKEN)) {
      return Future.succeededFuture(new Caller(ANNA, SESSION, Caller.Via.TOKEN, null, NOON));
    }
    if (credential instanceof Credential.Bearer bearer && bearer.token().startsWith(KEY_FOR)) {
      return Future.succeededFuture(
          new Caller(
              ANNA,
              SESSION,
              Caller.Via.TOKEN,
              null,
              NOON,
              Set.of(Scope.valueOf(bearer.token().substring(KEY_FOR.length()))),
              null));
    }
    if (credential instanceof Credential.Cookie cookie && cookie.value().equals(USER_COOKIE)) {
      User bert = new User(ROOM, "bert", "Bert", null, Role.USER);
      return Future.succeededFuture(new Caller(bert, SESSION, Caller.Via.COOKIE, CSRF, NOON));
    }
    return credential instanceof Credential.Cookie cookie && cookie.value().equals(COOKIE)
        ? Future.succeededFuture(new Caller(ANNA, SESSION, Caller.Via.COOKIE, CSRF, NOON))
        : Future.failedFuture(Problem.UNAUTHENTICATED.failure());
  }

  private static Tokens tokens() {
    return new Tokens(ANNA, "access", "refresh", "Bearer", 900);
  }
}
