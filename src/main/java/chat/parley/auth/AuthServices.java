package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.bus.Reach;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.EndSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Binds every address of the auth service to what serves it. */
final class AuthServices {
  private static final long TELL_SEEN_MS = 2_000;

  private final Vertx vertx;
  private final Bus bus;
  private final AuthVerticle.Options options;
  private final Keys keys;
  private final EndedSessions ended;
  private final AccessTokens tokens;
  private final CsrfTokens csrf;
  private final Passwords passwords;
  private final Entrances entrances;
  private final SecondFactor secondFactor;
  private final Passkeys passkeys;
  private final Confirmations confirmations;

  AuthServices(Vertx vertx, Bus bus, AuthVerticle.Options options, EndedSessions ended) {
    this.vertx = vertx;
    this.bus = bus;
    this.options = options;
    this.ended = ended;
    keys = new Keys(options.secret());
    tokens = new AccessTokens(new KeyRing(vertx, keys, options.clock()), options);
    csrf = new CsrfTokens(keys);
    passwords = new Passwords(vertx, options.hashWorkers(), Passwords.SEATS);
    entrances = new Entrances(new NewSessions(bus, options), tokens, csrf);
    secondFactor = new SecondFactor(bus, keys, options);
    passkeys = new Passkeys(bus, keys, options.proofs(), options.clock());
    confirmations = new Confirmations(bus, passwords, secondFactor, passkeys);
  }

  void serve() {
    serveVerification();
    serveSessions();
    serveAccounts();
    serveRecovery();
    serveProfiles();
    serveSecondFactor();
    servePasskeys();
    serveKeys();
    serveApplications();
    serveIdentities();
    serveInvitations();
    serveRegistration();
  }

  private void serveVerification() {
    Tickets tickets = new Tickets(bus, options.clock());
    bus.serve(Addresses.AUTH_TICKET, tickets::make);
    Standing standing = new Standing(ended, options.clock());
    Verification verification =
        new Verification(tokens, live(), tickets, csrf, standing, sightings(), new KeyUses(bus));
    bus.serve(Addresses.AUTH_VERIFY, verification::verify);
    MediaLinks links = new MediaLinks(keys, options.clock());
    bus.serve(Addresses.AUTH_MEDIA_LINK, links::make);
    bus.serve(Addresses.AUTH_MEDIA_LOOK, links::look);
  }

  private void serveSessions() {
    Refreshes refreshes = new Refreshes(bus, tokens, ended);
    bus.serve(Addresses.AUTH_REFRESH, refreshes::refresh);
    bus.serve(Addresses.AUTH_LOGOUT, this::logout);
    bus.serve(Addresses.AUTH_LOGOUT_OTHERS, this::logoutOthers);
    bus.serve(Addresses.AUTH_ENDED, id -> Future.succeededFuture(ended.contains(id)));
    bus.serve(Addresses.AUTH_CONFIRM, confirmations::confirm);
    bus.serve(Addresses.AUTH_CONFIRMED, confirmations::requireFresh);
  }

  private LiveSessions live() {
    LiveSessions live = new LiveSessions(bus);
    bus.hear(Addresses.ACCOUNT_CHANGED, "", changed -> live.forget(changed.userId()));
    return live;
  }

  private Sightings sightings() {
    Sightings sightings = new Sightings(bus, options.clock());
    vertx.setPeriodic(TELL_SEEN_MS, tick -> sightings.tell());
    bus.serve(
        Addresses.AUTH_SEEN,
        ids -> {
          ids.forEach(sightings::saw);
          return Future.succeededFuture();
        });
    return sightings;
  }

  private void serveAccounts() {
    SignIns signIns = new SignIns(bus, passwords, secondFactor, entrances);
    bus.serve(Addresses.AUTH_LOGIN, signIns::program);
    bus.serve(Addresses.AUTH_SITE_LOGIN, signIns::site);
    MailLinks links = new MailLinks(keys);
    Registrations registrations = new Registrations(bus, passwords, links, options.registration());
    bus.serve(Addresses.AUTH_REGISTER, registrations::register);
    Administration administration = new Administration(bus, confirmations, ended);
    bus.serve(Addresses.AUTH_CHANGE_USER, administration::change);
    AdminActs acts = new AdminActs(bus, confirmations, administration, links, ended);
    bus.serve(Addresses.AUTH_ADMIN_ACT, acts::act);
    bus.serve(Addresses.AUTH_ADMINISTERS, confirmations::requireAdmin);
  }

  private void serveKeys() {
    ApiKeyMaker keyMaker = new ApiKeyMaker(bus, confirmations, ended, options.clock());
    bus.serve(Addresses.AUTH_KEY_MAKE, keyMaker::make);
    bus.serve(Addresses.AUTH_KEY_REVOKE, keyMaker::revoke);
  }

  private void serveInvitations() {
    Invitations invitations = new Invitations(bus);
    bus.serve(Addresses.AUTH_INVITE_MAKE, invitations::make);
    bus.serve(Addresses.AUTH_INVITE_LOOK, invitations::look);
    bus.serve(Addresses.AUTH_INVITE_ACCEPT, invitations::accept);
  }

  private void serveRegistration() {
    AccountInvitations invitations =
        new AccountInvitations(bus, confirmations, options.registration());
    bus.serve(Addresses.AUTH_REGISTRATION, nothing -> invitations.state());
    bus.serve(Addresses.AUTH_REGISTRATION_CHANGE, invitations::change);
    bus.serve(Addresses.AUTH_ACCOUNT_INVITE_MAKE, invitations::make);
    bus.serve(Addresses.AUTH_ACCOUNT_INVITE_REVOKE, invitations::revoke);
    bus.serve(Addresses.AUTH_ACCOUNT_INVITE_LOOK, invitations::look);
  }

  private void serveIdentities() {
    Identities identities = new Identities(bus, confirmations, options);
    bus.serve(Addresses.AUTH_METHODS, nothing -> identities.methods());
    bus.serve(Addresses.AUTH_IDENTITY_REMOVE, identities::remove);
    Future<OidcSignIns> signIns = signIns();
    bus.serve(Addresses.AUTH_OIDC_BEGIN, ask -> signIns.compose(offered -> offered.begin(ask)));
    bus.serve(Addresses.AUTH_OIDC_FINISH, ask -> signIns.compose(offered -> offered.finish(ask)));
  }

  /** Failed with NOT_FOUND when no provider is set up. */
  private Future<OidcSignIns> signIns() {
    if (options.oidc() == null) {
      return Future.failedFuture(Problem.NOT_FOUND.failure());
    }
    Reach reach = new Reach(vertx, options.oidc().anywhere());
    Provider provider =
        new Provider(options.oidc(), new ProviderCalls(vertx, reach), options.clock());
    Seal seal = new Seal(keys.signInTrips());
    return Future.succeededFuture(
        new OidcSignIns(bus, provider, seal, entrances, confirmations, options));
  }

  private void serveApplications() {
    Seal seal = new Seal(keys.applications());
    Platforms platforms = new Platforms(bus, confirmations, seal, ended);
    bus.serve(Addresses.AUTH_APPLICATION_MAKE, platforms::make);
    bus.serve(Addresses.AUTH_APPLICATION_CHANGE, platforms::change);
    bus.serve(Addresses.AUTH_APPLICATION_REMOVE, platforms::remove);
    bus.serve(Addresses.AUTH_APPLICATION_ADD_KEY, platforms::addKey);
    bus.serve(Addresses.AUTH_APPLICATION_REMOVE_KEY, platforms::removeKey);
    Exchanges exchanges = new Exchanges(bus, seal, entrances, options);
    bus.serve(Addresses.AUTH_EXCHANGE, exchanges::program);
    bus.serve(Addresses.AUTH_SITE_EXCHANGE, exchanges::site);
  }

  private void serveSecondFactor() {
    bus.serve(
        Addresses.AUTH_TOTP,
        ask -> confirmations.whenFresh(ask.caller(), () -> secondFactor.setUp(ask)));
    bus.serve(
        Addresses.AUTH_TOTP_CONFIRM,
        ask -> confirmations.whenFresh(ask.caller(), () -> secondFactor.confirm(ask)));
    bus.serve(
        Addresses.AUTH_TOTP_REMOVE,
        ask -> confirmations.whenFresh(ask.caller(), () -> secondFactor.remove(ask)));
    bus.serve(
        Addresses.AUTH_RECOVERY_CODES,
        ask -> confirmations.whenFresh(ask.caller(), () -> secondFactor.renewRecoveryCodes(ask)));
  }

  private void servePasskeys() {
    bus.serve(
        Addresses.AUTH_PASSKEY_BEGIN,
        ask -> confirmations.whenFresh(ask.caller(), () -> passkeys.begin(ask)));
    bus.serve(
        Addresses.AUTH_PASSKEY_ADD,
        ask -> confirmations.whenFresh(ask.caller(), () -> passkeys.add(ask)));
    bus.serve(
        Addresses.AUTH_PASSKEY_REMOVE,
        ask -> confirmations.whenFresh(ask.caller(), () -> passkeys.remove(ask)));
    bus.serve(Addresses.AUTH_PASSKEY_OPTIONS, passkeys::options);
    PasskeySignIns signIns = new PasskeySignIns(passkeys, entrances, new Refusals(bus));
    bus.serve(Addresses.AUTH_PASSKEY_LOGIN, signIns::program);
    bus.serve(Addresses.AUTH_PASSKEY_SITE_LOGIN, signIns::site);
  }

  private void serveRecovery() {
    MailLinks links = new MailLinks(keys);
    serveEmails(new Emails(bus, confirmations, links), links);
    serveResets(new PasswordResets(bus, passwords, links, ended));
    PasswordChanges changes = new PasswordChanges(bus, passwords, confirmations, entrances, ended);
    bus.serve(Addresses.AUTH_PASSWORD, changes::program);
    bus.serve(Addresses.AUTH_SITE_PASSWORD, changes::site);
  }

  private void serveResets(PasswordResets resets) {
    bus.serve(Addresses.AUTH_ASK_RESET, resets::ask);
    bus.serve(Addresses.AUTH_RESET, resets::confirm);
  }

  private void serveEmails(Emails emails, MailLinks links) {
    bus.serve(Addresses.AUTH_EMAIL, emails::change);
    bus.serve(Addresses.AUTH_VERIFY_EMAIL, emails::sendAgain);
    bus.serve(Addresses.AUTH_CONFIRM_EMAIL, emails::confirm);
    bus.serve(Addresses.AUTH_LETTER_TOKEN, link -> Future.succeededFuture(links.token(link)));
  }

  private void serveProfiles() {
    bus.serve(Addresses.AUTH_PROFILE, new Profiles(bus)::change);
    bus.serve(Addresses.AUTH_DEPART, new Departures(bus, confirmations, ended)::depart);
  }

  /**
   * Refused on this node before the answer is on its way, and on the others as soon as they hear of
   * it, at the latest by their next poll.
   */
  private Future<Void> logout(EndSession wish) {
    return bus.ask(Addresses.SESSIONS_END, wish)
        .onSuccess(done -> ended.add(List.of(wish.sessionId())));
  }

  private Future<Void> logoutOthers(Accounts.EndSessions wish) {
    return bus.ask(Addresses.SESSIONS_END_ALL, wish).onSuccess(ended::add).mapEmpty();
  }
}
