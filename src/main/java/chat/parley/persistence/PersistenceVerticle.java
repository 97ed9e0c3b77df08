package chat.parley.persistence;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that is stored: a table from address to store method, and from what changed to what is
 * announced.
 */
public final class PersistenceVerticle extends VerticleBase {
  private static final int READERS = 8;

  /** How soon a node takes up what another left undone. */
  private static final long ROUNDS_MS = 5_000;

  private static final long MINUTE_MS = 60_000;

  /** How late a message that was planned may be. */
  private static final long SCHEDULED_MS = 1_000;

  /** How soon what was done is in the audit log's chain, give or take what is under way. */
  private static final long CHAIN_MS = 1_000;

  private final DatabaseAddress database;
  private final WriterBounds bounds;
  private final MeterRegistry registry;
  private boolean searches = true;
  private int retentionDays;
  private Bus bus;
  private Rounds rounds;
  private Purges purges;
  private Pool pool;
  private Pool writerPool;
  private WordFilter filter;

  /** Counts for nobody. */
  public PersistenceVerticle(DatabaseAddress database) {
    this(database, new CompositeMeterRegistry());
  }

  public PersistenceVerticle(DatabaseAddress database, MeterRegistry registry) {
    this(database, WriterBounds.DEFAULT, registry);
  }

  PersistenceVerticle(DatabaseAddress database, WriterBounds bounds, MeterRegistry registry) {
    this.database = database;
    this.bounds = bounds;
    this.registry = registry;
  }

  /** Without search among messages: nothing is made for it, and who searches is refused. */
  public PersistenceVerticle withoutSearch() {
    searches = false;
    return this;
  }

  /** Deletes messages after so many days in rooms that say nothing else; 0 for never. */
  public PersistenceVerticle keepingFor(int days) {
    retentionDays = days;
    return this;
  }

  @Override
  public Future<?> start() {
    bus = Bus.of(vertx);
    // A setting of ours, so that statements say of a room what holds in it.
    String days = Integer.toString(retentionDays);
    pool =
        pool(
            "readers", readerOptions(database).addProperty("parley.retention_days", days), READERS);
    writerPool = pool("writer", writerOptions(database), bounds.lanes());
    Postgres postgres = new Postgres(pool);
    filter =
        new WordFilter(
            vertx, postgres, changed -> bus.publish(Addresses.FILTER_WORDS, "", changed));
    rounds = new Rounds(postgres, new Membership(new RoomStore(postgres)), this::announce);
    purges = new Purges(postgres);
    serveAccounts(postgres);
    serveKeys(postgres);
    serveFactors(postgres);
    serveIdentities(new IdentityStore(postgres));
    serveRooms(postgres);
    serveProfiles(postgres);
    serveAudit(postgres);
    serveModels(postgres);
    bus.hear(Addresses.FILTER_WORDS, "", changed -> filter.look());
    vertx.setPeriodic(ROUNDS_MS, tick -> filter.look());
    return filter.refresh().onSuccess(ready -> new SkeletonStore(postgres).fill());
  }

  /** {@code name} is how the metrics call it. */
  private Pool pool(String name, PgConnectOptions options, int size) {
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setName(name)
                .setMaxSize(size)
                .setMaxWaitQueueSize(5_000)
                .setConnectionTimeout(5))
        .connectingTo(options.setReconnectAttempts(0))
        .using(vertx)
        .build();
  }

  /**
   * Every statement looks up a few rows by their keys, at most a page or a batch. A planner that
   * goes by statistics (of empty tables at first; of columns, where rooms and members are one
   * thing) now and then reads a whole table for it, so it is left one plan a statement, and in it
   * nothing but index look-ups.
   */
  static PgConnectOptions readerOptions(DatabaseAddress database) {
    return database
        .toConnectOptions()
        .addProperty("plan_cache_mode", "force_generic_plan")
        .addProperty("random_page_cost", "1.1")
        // Compiling a plan takes longer than any of these statements.
        .addProperty("jit", "off")
        .addProperty("enable_seqscan", "off")
        .addProperty("enable_hashjoin", "off")
        .addProperty("enable_mergejoin", "off");
  }

  static PgConnectOptions writerOptions(DatabaseAddress database) {
    return readerOptions(database).addProperty("lock_timeout", "2000");
  }

  private void serveAccounts(Postgres postgres) {
    UserStore users = new UserStore(postgres);
    SessionStore sessions = new SessionStore(vertx, postgres);
    TicketStore tickets = new TicketStore(postgres);
    serveRecovery(postgres);
    bus.serve(Addresses.USERS_CREATE, users::create);
    bus.serve(Addresses.USERS_BY_LOGIN, users::findByLogin);
    bus.serve(Addresses.USERS_BY_ID, users::findById);
    bus.serve(Addresses.USERS_ANY, nothing -> users.any());
    bus.serve(Addresses.USERS_ME, users::me);
    bus.serve(Addresses.USERS_GET, users::get);
    bus.serve(Addresses.USERS_SEARCH, users::search);
    bus.serve(Addresses.SESSIONS_CREATE, sessions::create);
    bus.serve(Addresses.SESSIONS_GET, sessions::find);
    bus.serve(Addresses.SESSIONS_BY_COOKIE, sessions::findByCookie);
    bus.serve(Addresses.SESSIONS_ROTATE, new RefreshStore(postgres)::rotate);
    bus.serve(Addresses.SESSIONS_END, sessions::end);
    bus.serve(Addresses.SESSIONS_END_ALL, sessions::endAll);
    bus.serve(Addresses.SESSIONS_CONFIRM, sessions::confirm);
    bus.serve(Addresses.SESSIONS_CONFIRMED, sessions::isConfirmed);
    bus.serve(Addresses.SESSIONS_ENDED_SINCE, sessions::endedSince);
    DeviceStore devices = new DeviceStore(postgres);
    bus.serve(Addresses.SESSIONS_LIST, devices::list);
    bus.serve(Addresses.SESSIONS_SEEN, devices::seen);
    bus.serve(Addresses.USERS_CHANGE, new AdminStore(postgres)::change);
    bus.serve(Addresses.TICKETS_CREATE, tickets::create);
    bus.serve(Addresses.TICKETS_SPEND, tickets::spend);
  }

  private void serveIdentities(IdentityStore identities) {
    bus.serve(Addresses.IDENTITIES_ENTER, identities::enter);
    bus.serve(Addresses.IDENTITIES_LINK, identities::link);
    bus.serve(Addresses.IDENTITIES_LIST, identities::list);
    bus.serve(Addresses.IDENTITIES_REMOVE, identities::remove);
  }

  private void serveKeys(Postgres postgres) {
    ApiKeyStore keys = new ApiKeyStore(postgres);
    ApplicationStore applications = new ApplicationStore(postgres);
    AdmissionStore admissions = new AdmissionStore(postgres);
    bus.serve(Addresses.KEYS_LIST, keys::list);
    bus.serve(Addresses.KEYS_CREATE, keys::create);
    bus.serve(Addresses.KEYS_BY_HASH, keys::find);
    bus.serve(Addresses.KEYS_REVOKE, keys::revoke);
    bus.serve(Addresses.KEYS_USED, keys::used);
    bus.serve(Addresses.APPLICATIONS_LIST, nothing -> applications.list());
    bus.serve(Addresses.APPLICATIONS_GET, applications::get);
    bus.serve(Addresses.APPLICATIONS_CREATE, applications::create);
    bus.serve(Addresses.APPLICATIONS_CHANGE, applications::change);
    bus.serve(Addresses.APPLICATIONS_REMOVE, applications::remove);
    bus.serve(Addresses.APPLICATIONS_ADD_KEY, applications::addKey);
    bus.serve(Addresses.APPLICATIONS_REMOVE_KEY, applications::removeKey);
    bus.serve(Addresses.APPLICATIONS_SIGNER, applications::signer);
    bus.serve(Addresses.APPLICATIONS_HAVE_ORIGIN, applications::hasOrigin);
    bus.serve(Addresses.APPLICATIONS_ADMIT, admissions::admit);
  }

  private void serveFactors(Postgres postgres) {
    SecondFactorStore factors = new SecondFactorStore(postgres);
    PasskeyStore passkeys = new PasskeyStore(postgres);
    bus.serve(Addresses.FACTORS_GET, factors::overview);
    bus.serve(Addresses.TOTP_CREATE, factors::create);
    bus.serve(Addresses.TOTP_GET, factors::find);
    bus.serve(Addresses.TOTP_CONFIRM, factors::confirm);
    bus.serve(Addresses.TOTP_REMOVE, factors::remove);
    bus.serve(Addresses.TOTP_TRY, factors::count);
    bus.serve(Addresses.TOTP_SPEND, factors::spend);
    bus.serve(Addresses.RECOVERY_CODES_REPLACE, factors::replaceRecoveryCodes);
    bus.serve(Addresses.RECOVERY_CODES_SPEND, factors::spendRecoveryCode);
    bus.serve(Addresses.PASSKEYS_CREATE, passkeys::create);
    bus.serve(Addresses.PASSKEYS_GET, passkeys::find);
    bus.serve(Addresses.PASSKEYS_OF, passkeys::of);
    bus.serve(Addresses.PASSKEYS_USE, passkeys::use);
    bus.serve(Addresses.PASSKEYS_REMOVE, passkeys::remove);
  }

  private void serveRecovery(Postgres postgres) {
    LinkStore links = new LinkStore(postgres);
    PasswordStore passwords = new PasswordStore(postgres);
    EmailStore emails = new EmailStore(postgres);
    MailStore letters = new MailStore(postgres);
    bus.serve(Addresses.LINKS_FIND, links::find);
    bus.serve(Addresses.PASSWORDS_ASK_RESET, passwords::askReset);
    bus.serve(Addresses.PASSWORDS_RESET, passwords::reset);
    bus.serve(Addresses.PASSWORDS_CHANGE, passwords::change);
    bus.serve(Addresses.EMAILS_ASK, emails::ask);
    bus.serve(Addresses.EMAILS_PROVE, emails::prove);
    bus.serve(Addresses.EMAILS_CONFIRM, emails::confirm);
    bus.serve(Addresses.LETTERS_CLAIM, letters::claim);
    bus.serve(Addresses.LETTERS_HOLD, letters::hold);
    bus.serve(Addresses.LETTERS_SENT, letters::sent);
    bus.serve(Addresses.LETTERS_FAILED, letters::failed);
  }

  private void serveAudit(Postgres postgres) {
    AuditStore audit = new AuditStore(postgres);
    bus.serve(Addresses.AUDIT_NOTE, audit::note);
    bus.serve(Addresses.AUDIT_VERIFY, new AuditVerifier(vertx, audit, database)::verify);
    AuditChain chain = new AuditChain(postgres);
    vertx.setPeriodic(CHAIN_MS, tick -> chain.goOn());
  }

  private void serveProfiles(Postgres postgres) {
    ProfileStore profiles = new ProfileStore(postgres, rounds);
    AvatarStore avatars = new AvatarStore(postgres, rounds);
    DepartureStore departures = new DepartureStore(postgres, rounds);
    OwnDataStore own = new OwnDataStore(postgres);
    change(Addresses.USERS_PROFILE, profiles::change);
    change(Addresses.AVATARS_KEEP, avatars::keep);
    bus.serve(Addresses.AVATARS_READ, avatars::find);
    bus.serve(Addresses.USERS_DEPART, departures::depart);
    bus.serve(Addresses.USERS_DATA, own::get);
    bus.serve(Addresses.MESSAGES_OWN, own::messages);
    goOn(rounds::goOn);
  }

  private AnnouncementStore announcements(Postgres postgres) {
    return new AnnouncementStore(postgres, news -> bus.publish(Addresses.ANNOUNCEMENTS, "", news));
  }

  private void serveModels(Postgres postgres) {
    AdminServices services =
        new AdminServices(
            postgres,
            new RoomStore(postgres),
            rounds,
            purges,
            new DepartureStore(postgres, rounds),
            new AvatarStore(postgres, rounds),
            new ApplicationStore(postgres),
            announcements(postgres),
            filter);
    ModelStore models = new ModelStore(postgres, AdminModels.of(services));
    bus.serve(Addresses.ADMIN_MODELS, nothing -> models.models());
    bus.serve(Addresses.ADMIN_LIST, models::list);
    bus.serve(Addresses.ADMIN_GET, models::get);
    change(Addresses.ADMIN_ACT, models::act);
  }

  private void serveRooms(Postgres postgres) {
    RoomStore rooms = new RoomStore(postgres);
    RoomMaker maker = new RoomMaker(postgres, rooms);
    MemberStore members = new MemberStore(postgres, rooms);
    ReadMarkStore marks = new ReadMarkStore(postgres, rooms);
    MessageStore messages = new MessageStore(vertx, postgres, rooms);
    LogStore log = new LogStore(postgres, rooms);
    SearchIndexer indexer =
        new SearchIndexer(vertx, postgres, new SearchMeters(registry), searches);
    RoomWriter writer =
        new RoomWriter(
            vertx,
            new Commit(writerPool),
            bounds,
            new WriterMeters(registry),
            filter,
            stored -> {
              announce(stored);
              indexer.heard(stored.batches());
            });

    bus.serve(Addresses.ROOMS_LIST, rooms::list);
    bus.serve(Addresses.ROOMS_GET, rooms::get);
    bus.serve(Addresses.ROOMS_DIRECTORY, rooms::directory);
    change(Addresses.ROOMS_CREATE, maker::create);
    change(Addresses.ROOMS_READ, marks::markRead);
    change(Addresses.MEMBERS_JOIN, members::join);
    change(Addresses.MEMBERS_LEAVE, members::leave);
    change(Addresses.MEMBERS_ADD, members::add);
    change(Addresses.MEMBERS_REMOVE, members::remove);
    bus.serve(Addresses.MEMBERS_LIST, members::list);
    bus.serve(Addresses.MESSAGES_POST, writer::post);
    bus.serve(Addresses.MESSAGES_PAGE, messages::page);
    bus.serve(Addresses.MESSAGES_AROUND, messages::around);
    bus.serve(Addresses.MESSAGES_GET, messages::get);
    bus.serve(Addresses.ROOMS_SYNC, log::sync);
    bus.serve(Addresses.ROOMS_MAY_HEAR, log::mayHear);
    bus.serve(Addresses.ROOMS_LOG, log::log);
    bus.serve(Addresses.ROOMS_HEADS, log::heads);

    // Reactions.
    ReactionStore reactions = new ReactionStore(postgres, rooms);
    change(Addresses.REACTIONS_ADD, reactions::add);
    change(Addresses.REACTIONS_REMOVE, reactions::remove);
    bus.serve(Addresses.REACTIONS_WHO, reactions::who);

    // Edits and deletions.
    EditStore edits = new EditStore(postgres, rooms, filter);
    change(Addresses.MESSAGES_EDIT, edits::edit);
    change(Addresses.MESSAGES_DELETE, edits::delete);
    bus.serve(Addresses.MESSAGES_VERSIONS, edits::versions);

    // Reports.
    ReportStore reports = new ReportStore(postgres, rooms);
    bus.serve(Addresses.REPORTS_FILE, reports::file);

    // Pins.
    PinStore pins = new PinStore(postgres, rooms);
    change(Addresses.PINS_ADD, pins::pin);
    change(Addresses.PINS_REMOVE, pins::unpin);
    bus.serve(Addresses.PINS_LIST, pins::list);

    // Threads and forwards.
    ForwardStore forwards = new ForwardStore(postgres, rooms, writer::post);
    bus.serve(Addresses.MESSAGES_THREAD, new ThreadStore(postgres, rooms)::page);
    bus.serve(Addresses.MESSAGES_FORWARD, forwards::forward);
    bus.serve(Addresses.MESSAGES_ORIGIN, forwards::origin);

    // Mentions.
    bus.serve(Addresses.MENTIONS_LIST, new MentionStore(postgres)::inbox);

    // Search.
    SearchStore search = new SearchStore(postgres, rooms, searches);
    bus.serve(Addresses.SEARCH_FIND, search::find);
    bus.serve(Addresses.SEARCH_REBUILD, nothing -> indexer.rebuild());
    indexer.start();

    // Own place.
    change(Addresses.PLACES_CHANGE, new OwnPlaceStore(postgres, rooms)::change);
    bus.serve(Addresses.READ_MARKS_LIST, marks::list);

    // Room management.
    change(Addresses.ROOMS_CHANGE, new RoomSettingsStore(postgres, rooms)::change);
    change(Addresses.MEMBERS_CHANGE_ROLE, members::changeRole);
    RoomPictureStore pictures = new RoomPictureStore(postgres, rooms);
    change(Addresses.ROOM_PICTURES_KEEP, pictures::keep);
    bus.serve(Addresses.ROOM_PICTURES_GET, pictures::get);
    change(Addresses.ROOMS_DELETE, new RoomEnd(postgres, purges)::delete);
    goOn(purges::goOn);
    goOn(new Retentions(postgres, this::announce)::goOn);

    InviteStore invites = new InviteStore(postgres, rooms);
    change(Addresses.INVITES_CREATE, invites::create);
    bus.serve(Addresses.INVITES_LIST, invites::list);
    change(Addresses.INVITES_REVOKE, invites::revoke);
    bus.serve(Addresses.INVITES_LOOK, invites::look);
    change(Addresses.INVITES_ACCEPT, invites::accept);

    BanStore bans = new BanStore(postgres, rooms);
    change(Addresses.BANS_ADD, bans::add);
    change(Addresses.BANS_LIFT, bans::lift);
    bus.serve(Addresses.BANS_LIST, bans::list);

    BlockStore blocks = new BlockStore(postgres);
    PrivacyStore privacy = new PrivacyStore(postgres);
    change(Addresses.BLOCKS_PUT, blocks::put);
    bus.serve(Addresses.BLOCKS_LIST, blocks::list);
    bus.serve(Addresses.PRIVACY_GET, privacy::get);
    bus.serve(Addresses.PRIVACY_CHANGE, privacy::change);

    // Previews.
    PreviewStore previews = new PreviewStore(postgres);
    change(Addresses.PREVIEWS_KEEP, previews::keep);
    change(Addresses.PREVIEWS_REMOVE, previews::remove);

    DraftStore drafts = new DraftStore(postgres, rooms);
    change(Addresses.DRAFTS_PUT, drafts::put);
    change(Addresses.DRAFTS_REMOVE, drafts::remove);
    bus.serve(Addresses.DRAFTS_LIST, drafts::list);

    // Media.
    AttachmentStore attachments = new AttachmentStore(postgres);
    bus.serve(Addresses.MEDIA_USED, attachments::used);
    bus.serve(Addresses.MEDIA_INTEND, attachments::intend);
    bus.serve(Addresses.MEDIA_ADD, attachments::add);
    bus.serve(Addresses.MEDIA_FIND, attachments::find);
    bus.serve(Addresses.MEDIA_OWN, attachments::own);
    bus.serve(Addresses.MEDIA_REMOVE, attachments::remove);
    goOn(new MediaRounds(postgres, hash -> bus.ask(Addresses.MEDIA_ERASE, hash))::goOn);

    // Scheduled.
    ScheduledStore scheduled = new ScheduledStore(postgres, writer::post, this::announce);
    change(Addresses.SCHEDULED_PLAN, scheduled::plan);
    bus.serve(Addresses.SCHEDULED_LIST, scheduled::list);
    change(Addresses.SCHEDULED_CHANGE, scheduled::change);
    change(Addresses.SCHEDULED_CANCEL, scheduled::cancel);
    vertx.setPeriodic(SCHEDULED_MS, tick -> scheduled.goOn());

    // Who may make an account.
    RegistrationStore registration = new RegistrationStore(postgres);
    bus.serve(Addresses.REGISTRATION_GET, registration::get);
    bus.serve(Addresses.REGISTRATION_MAY, registration::may);
    bus.serve(Addresses.REGISTRATION_CHANGE, registration::change);
    AccountInviteStore accountInvites = new AccountInviteStore(postgres);
    bus.serve(Addresses.ACCOUNT_INVITES_CREATE, accountInvites::create);
    bus.serve(Addresses.ACCOUNT_INVITES_LIST, accountInvites::list);
    bus.serve(Addresses.ACCOUNT_INVITES_REVOKE, accountInvites::revoke);
    bus.serve(Addresses.ACCOUNT_INVITES_LOOK, accountInvites::look);

    // Announcements.
    bus.serve(Addresses.ANNOUNCEMENTS_LIST, nothing -> announcements(postgres).live());

    // Activity.
    ActivityStore activity = new ActivityStore(postgres);
    bus.serve(Addresses.ACTIVITY_GET, activity::get);
    activity.goOn();
    vertx.setPeriodic(MINUTE_MS, tick -> activity.goOn());

    bus.serve(
        Addresses.DATABASE_PING, nothing -> postgres.read("select 1", Tuple.tuple()).mapEmpty());
  }

  /** Now, and again and again: another node may have left it undone. */
  private void goOn(Runnable work) {
    work.run();
    vertx.setPeriodic(ROUNDS_MS, tick -> work.run());
  }

  /** Serves a change: committed, then announced, then answered. */
  private <Q, R> void change(Address<Q, R> address, Function<Q, Future<Outcome<R>>> store) {
    bus.serve(address, question -> store.apply(question).map(this::announce));
  }

  private <R> R announce(Outcome<R> outcome) {
    outcome.batches().forEach(news -> bus.publish(Addresses.ROOM, news.roomId(), news));
    outcome.notices().forEach(notice -> bus.publish(Addresses.USER, notice.userId(), notice));
    outcome.linking().forEach(said -> bus.publishHere(Addresses.LINKS, "", said));
    return outcome.answer();
  }

  @Override
  public Future<?> stop() {
    return Future.join(
        Optional.ofNullable(pool).map(Pool::close).orElse(Future.succeededFuture()),
        Optional.ofNullable(writerPool).map(Pool::close).orElse(Future.succeededFuture()));
  }
}
