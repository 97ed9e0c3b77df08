package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
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
   */
  public record Options(
      byte[] secret,
      String issuer,
      boolean registrationOpen,
      Duration accessLife,
      Duration sessionLife,
      OidcOptions oidc,
      int hashWorkers,
      Clock clock) {

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
          Clock.systemUTC());
    }

    public Options withRegistrationOpen(boolean isOpen) {
      return new Options(secret, issuer, isOpen, accessLife, sessionLife, oidc, hashWorkers, clock);
    }

    public Options withAccessLife(Duration life) {
      return new Options(
          secret, issuer, registrationOpen, life, sessionLife, oidc, hashWorkers, clock);
    }

    public Options withOidc(OidcOptions provider) {
      return new Options(
          secret, issuer, registrationOpen, accessLife, sessionLife, provider, hashWorkers, clock);
    }

    public Options withClock(Clock other) {
      return new Options(
          secret, issuer, registrationOpen, accessLife, sessionLife, oidc, hashWorkers, other);
    }

    @Override
    public String toString() {
      return "Options[issuer=" + issuer + "]";
    }
  }

  private static final long POLL_MS = 1_000;

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
    Confirmations confirmations = new Confirmations(bus, passwords);
    serveAccounts(bus, passwords, entrances, confirmations);
    serveKeys(bus, confirmations, ended);
    serveApplications(bus, confirmations, entrances, ended);
    serveIdentities(bus, confirmations, entrances);
    Refreshes refreshes = new Refreshes(bus, tokens, ended);
    bus.serve(Addresses.AUTH_REFRESH, refreshes::refresh);
    bus.serve(Addresses.AUTH_LOGOUT, wish -> logout(bus, ended, wish));
    bus.serve(Addresses.AUTH_ENDED, id -> Future.succeededFuture(ended.contains(id)));
    Tickets tickets = new Tickets(bus, options.clock());
    bus.serve(Addresses.AUTH_TICKET, tickets::make);
    Standing standing = new Standing(ended, options.clock());
    Verification verification =
        new Verification(tokens, new LiveSessions(bus), tickets, csrf, standing, new KeyUses(bus));
    bus.serve(Addresses.AUTH_VERIFY, verification::verify);
  }

  private void serveAccounts(
      Bus bus, Passwords passwords, Entrances entrances, Confirmations confirmations) {
    SignIns signIns = new SignIns(bus, passwords, entrances);
    bus.serve(Addresses.AUTH_LOGIN, signIns::program);
    bus.serve(Addresses.AUTH_SITE_LOGIN, signIns::site);
    Registrations registrations = new Registrations(bus, passwords, options.registrationOpen());
    bus.serve(Addresses.AUTH_REGISTER, registrations::register);
    bus.serve(Addresses.AUTH_CONFIRM, confirmations::confirm);
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

  /**
   * Refused on this node before the answer is on its way, and on the others as soon as they hear of
   * it, at the latest by their next poll.
   */
  private static Future<Void> logout(Bus bus, EndedSessions ended, EndSession wish) {
    return bus.ask(Addresses.SESSIONS_END, wish)
        .onSuccess(done -> ended.add(List.of(wish.sessionId())));
  }
}
