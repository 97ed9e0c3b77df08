package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.EndSession;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The auth service: accounts, passwords, sessions, tokens, tickets, and who is speaking. Deploy it
 * once a node and after persistence, of which it asks what lasts; its start fails while sessions
 * that ended cannot be read.
 */
public final class AuthVerticle extends VerticleBase {
  /**
   * What the service is told.
   *
   * @param secret at least 32 bytes, the same on all nodes, from which every key derives
   * @param issuer who issues access tokens; servers that share a secret by accident differ here
   * @param registrationOpen when not, only the very first account can be made
   * @param accessLife of an access token
   * @param sessionLife of a session, whatever is done with it
   * @param oidc who else vouches for people; null for nobody
   * @param hashWorkers how many passwords are hashed at a time
   * @param proofs what people may have beside a password
   */
  public record Options(
      byte[] secret,
      String issuer,
      boolean registrationOpen,
      Duration accessLife,
      Duration sessionLife,
      OidcOptions oidc,
      int hashWorkers,
      Clock clock,
      Proofs proofs) {

    /** Open registration, 15 minutes, 30 days, a worker a core. */
    public static Options defaults(byte[] secret) {
      return new Options(
          secret,
          "parley",
          true,
          Duration.ofMinutes(15),
          Duration.ofDays(30),
          null,
          Runtime.getRuntime().availableProcessors(),
          Clock.systemUTC(),
          new Proofs("", true, true));
    }

    public Options withRegistrationOpen(boolean open) {
      return new Options(
          secret, issuer, open, accessLife, sessionLife, oidc, hashWorkers, clock, proofs);
    }

    public Options withAccessLife(Duration life) {
      return new Options(
          secret, issuer, registrationOpen, life, sessionLife, oidc, hashWorkers, clock, proofs);
    }

    public Options withOidc(OidcOptions provider) {
      return new Options(
          secret,
          issuer,
          registrationOpen,
          accessLife,
          sessionLife,
          provider,
          hashWorkers,
          clock,
          proofs);
    }

    public Options withClock(Clock other) {
      return new Options(
          secret,
          issuer,
          registrationOpen,
          accessLife,
          sessionLife,
          oidc,
          hashWorkers,
          other,
          proofs);
    }

    public Options withProofs(Proofs other) {
      return new Options(
          secret,
          issuer,
          registrationOpen,
          accessLife,
          sessionLife,
          oidc,
          hashWorkers,
          clock,
          other);
    }

    @Override
    public String toString() {
      return "Options[issuer=" + issuer + "]";
    }
  }

  /**
   * What people may have beside a password.
   *
   * @param publicUrl how browsers reach this server, for which passkeys are made; empty for
   *     localhost
   * @param secondFactor whether codes may be switched on; who has them on is asked in any case
   * @param passkeys whether there are any
   */
  public record Proofs(String publicUrl, boolean secondFactor, boolean passkeys) {}

  private static final long POLL_MS = 1_000;
  private static final long TELL_SEEN_MS = 2_000;

  private final Options options;
  private final Keys keys;

  /** Throws {@link IllegalArgumentException} when the secret has less than 32 bytes. */
  public AuthVerticle(Options options) {
    this.options = options;
    this.keys = new Keys(options.secret());
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    EndedSessions ended = new EndedSessions(bus, options);
    // Beside the rest, and before anybody chooses a password.
    vertx.executeBlocking(CommonPasswords::load);
    return ended
        .load()
        .onSuccess(
            loaded -> {
              serve(bus, ended);
              bus.hear(Addresses.SESSIONS_ENDED, "", over -> ended.heard(over.sessionIds()));
              vertx.setPeriodic(POLL_MS, tick -> ended.poll());
            });
  }

  private void serve(Bus bus, EndedSessions ended) {
    AccessTokens tokens = new AccessTokens(new KeyRing(vertx, keys, options.clock()), options);
    CsrfTokens csrf = new CsrfTokens(keys);
    Passwords passwords = new Passwords(vertx, options.hashWorkers(), Passwords.SEATS);
    Entrances entrances = new Entrances(new NewSessions(bus, options), tokens, csrf);
    SecondFactor secondFactor = new SecondFactor(bus, keys, options);
    Passkeys passkeys = new Passkeys(bus, keys, options.proofs(), options.clock());
    Confirmations confirmations = new Confirmations(bus, passwords, secondFactor, passkeys);
    bus.serve(Addresses.AUTH_CONFIRM, confirmations::confirm);
    serveAccounts(bus, passwords, secondFactor, entrances);
    serveProfiles(bus, confirmations, ended);
    serveRecovery(bus, passwords, confirmations, entrances, ended);
    serveSecondFactor(bus, secondFactor, confirmations);
    servePasskeys(bus, passkeys, entrances, confirmations);
    bus.serve(Addresses.AUTH_CHANGE_USER, new Administration(bus, confirmations, ended)::change);
    serveKeys(bus, confirmations, ended);
    serveApplications(bus, confirmations, entrances, ended);
    serveIdentities(bus, confirmations, entrances);
    Refreshes refreshes = new Refreshes(bus, tokens, ended);
    bus.serve(Addresses.AUTH_REFRESH, refreshes::refresh);
    bus.serve(Addresses.AUTH_LOGOUT, wish -> logout(bus, ended, wish));
    bus.serve(Addresses.AUTH_LOGOUT_OTHERS, wish -> logoutOthers(bus, ended, wish));
    bus.serve(Addresses.AUTH_ENDED, id -> Future.succeededFuture(ended.contains(id)));
    Tickets tickets = new Tickets(bus, options.clock());
    bus.serve(Addresses.AUTH_TICKET, tickets::make);
    Standing standing = new Standing(ended, options.clock());
    Verification verification =
        new Verification(
            tokens, live(bus), tickets, csrf, standing, sightings(bus), new KeyUses(bus));
    bus.serve(Addresses.AUTH_VERIFY, verification::verify);
  }

  private static LiveSessions live(Bus bus) {
    LiveSessions live = new LiveSessions(bus);
    bus.hear(Addresses.ACCOUNT_CHANGED, "", changed -> live.forget(changed.userId()));
    return live;
  }

  private Sightings sightings(Bus bus) {
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

  private void serveAccounts(
      Bus bus, Passwords passwords, SecondFactor secondFactor, Entrances entrances) {
    SignIns signIns = new SignIns(bus, passwords, secondFactor, entrances);
    bus.serve(Addresses.AUTH_LOGIN, signIns::program);
    bus.serve(Addresses.AUTH_SITE_LOGIN, signIns::site);
    MailLinks links = new MailLinks(keys);
    Registrations registrations =
        new Registrations(bus, passwords, links, options.registrationOpen());
    bus.serve(Addresses.AUTH_REGISTER, registrations::register);
  }

  private void serveKeys(Bus bus, Confirmations confirmations, EndedSessions ended) {
    ApiKeyMaker keyMaker = new ApiKeyMaker(bus, confirmations, ended, options.clock());
    bus.serve(Addresses.AUTH_KEY_MAKE, keyMaker::make);
    bus.serve(Addresses.AUTH_KEY_REVOKE, keyMaker::revoke);
  }

  private void serveIdentities(Bus bus, Confirmations confirmations, Entrances entrances) {
    Identities identities = new Identities(bus, confirmations, options);
    bus.serve(Addresses.AUTH_METHODS, nothing -> identities.methods());
    bus.serve(Addresses.AUTH_IDENTITY_REMOVE, identities::remove);
    Future<OidcSignIns> signIns = signIns(bus, confirmations, entrances);
    bus.serve(Addresses.AUTH_OIDC_BEGIN, ask -> signIns.compose(offered -> offered.begin(ask)));
    bus.serve(Addresses.AUTH_OIDC_FINISH, ask -> signIns.compose(offered -> offered.finish(ask)));
  }

  /** Failed with NOT_FOUND when no provider is set up. */
  private Future<OidcSignIns> signIns(Bus bus, Confirmations confirmations, Entrances entrances) {
    if (options.oidc() == null) {
      return Future.failedFuture(Problem.NOT_FOUND.failure());
    }
    Provider provider = new Provider(options.oidc(), new ProviderCalls(vertx), options.clock());
    Seal seal = new Seal(keys.signInTrips());
    return Future.succeededFuture(
        new OidcSignIns(bus, provider, seal, entrances, confirmations, options));
  }

  private void serveApplications(
      Bus bus, Confirmations confirmations, Entrances entrances, EndedSessions ended) {
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

  private void serveSecondFactor(Bus bus, SecondFactor factor, Confirmations fresh) {
    bus.serve(Addresses.AUTH_TOTP, ask -> fresh.whenFresh(ask.caller(), () -> factor.setUp(ask)));
    bus.serve(
        Addresses.AUTH_TOTP_CONFIRM,
        ask -> fresh.whenFresh(ask.caller(), () -> factor.confirm(ask)));
    bus.serve(
        Addresses.AUTH_TOTP_REMOVE, ask -> fresh.whenFresh(ask.caller(), () -> factor.remove(ask)));
    bus.serve(
        Addresses.AUTH_RECOVERY_CODES,
        ask -> fresh.whenFresh(ask.caller(), () -> factor.renewRecoveryCodes(ask)));
  }

  private static void servePasskeys(
      Bus bus, Passkeys passkeys, Entrances entrances, Confirmations fresh) {
    bus.serve(
        Addresses.AUTH_PASSKEY_BEGIN,
        ask -> fresh.whenFresh(ask.caller(), () -> passkeys.begin(ask)));
    bus.serve(
        Addresses.AUTH_PASSKEY_ADD, ask -> fresh.whenFresh(ask.caller(), () -> passkeys.add(ask)));
    bus.serve(
        Addresses.AUTH_PASSKEY_REMOVE,
        ask -> fresh.whenFresh(ask.caller(), () -> passkeys.remove(ask)));
    bus.serve(Addresses.AUTH_PASSKEY_OPTIONS, passkeys::options);
    PasskeySignIns signIns = new PasskeySignIns(passkeys, entrances);
    bus.serve(Addresses.AUTH_PASSKEY_LOGIN, signIns::program);
    bus.serve(Addresses.AUTH_PASSKEY_SITE_LOGIN, signIns::site);
  }

  private void serveRecovery(
      Bus bus,
      Passwords passwords,
      Confirmations confirmations,
      Entrances entrances,
      EndedSessions ended) {
    MailLinks links = new MailLinks(keys);
    serveEmails(bus, new Emails(bus, confirmations, links), links);
    serveResets(bus, new PasswordResets(bus, passwords, links, ended));
    PasswordChanges changes = new PasswordChanges(bus, passwords, confirmations, entrances, ended);
    bus.serve(Addresses.AUTH_PASSWORD, changes::program);
    bus.serve(Addresses.AUTH_SITE_PASSWORD, changes::site);
  }

  private static void serveResets(Bus bus, PasswordResets resets) {
    bus.serve(Addresses.AUTH_ASK_RESET, resets::ask);
    bus.serve(Addresses.AUTH_RESET, resets::confirm);
  }

  private static void serveEmails(Bus bus, Emails emails, MailLinks links) {
    bus.serve(Addresses.AUTH_EMAIL, emails::change);
    bus.serve(Addresses.AUTH_VERIFY_EMAIL, emails::sendAgain);
    bus.serve(Addresses.AUTH_CONFIRM_EMAIL, emails::confirm);
    bus.serve(Addresses.AUTH_LETTER_TOKEN, link -> Future.succeededFuture(links.token(link)));
  }

  private static void serveProfiles(Bus bus, Confirmations confirmations, EndedSessions ended) {
    bus.serve(Addresses.AUTH_CONFIRMED, confirmations::requireFresh);
    bus.serve(Addresses.AUTH_PROFILE, new Profiles(bus)::change);
    bus.serve(Addresses.AUTH_DEPART, new Departures(bus, confirmations, ended)::depart);
  }

  /**
   * Refused on this node before the answer is on its way, and on the others as soon as they hear of
   * it, at the latest by their next poll.
   */
  private static Future<Void> logout(Bus bus, EndedSessions ended, EndSession wish) {
    return bus.ask(Addresses.SESSIONS_END, wish)
        .onSuccess(done -> ended.add(List.of(wish.sessionId())));
  }

  private static Future<Void> logoutOthers(
      Bus bus, EndedSessions ended, Accounts.EndSessions wish) {
    return bus.ask(Addresses.SESSIONS_END_ALL, wish).onSuccess(ended::add).mapEmpty();
  }
}
