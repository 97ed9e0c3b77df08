package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
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
   * @param hashWorkers how many passwords are hashed at a time
   */
  public record Options(
      byte[] secret,
      String issuer,
      boolean registrationOpen,
      Duration accessLife,
      Duration sessionLife,
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
          Runtime.getRuntime().availableProcessors(),
          Clock.systemUTC());
    }

    public Options withRegistrationOpen(boolean open) {
      return new Options(secret, issuer, open, accessLife, sessionLife, hashWorkers, clock);
    }

    public Options withAccessLife(Duration life) {
      return new Options(secret, issuer, registrationOpen, life, sessionLife, hashWorkers, clock);
    }

    public Options withClock(Clock other) {
      return new Options(
          secret, issuer, registrationOpen, accessLife, sessionLife, hashWorkers, other);
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
    serveAccounts(bus, tokens, csrf, ended);
    Refreshes refreshes = new Refreshes(bus, tokens, ended);
    bus.serve(Addresses.AUTH_REFRESH, refreshes::refresh);
    bus.serve(Addresses.AUTH_LOGOUT, wish -> logout(bus, ended, wish));
    bus.serve(Addresses.AUTH_ENDED, id -> Future.succeededFuture(ended.contains(id)));
    Tickets tickets = new Tickets(bus, options.clock());
    bus.serve(Addresses.AUTH_TICKET, tickets::make);
    Standing standing = new Standing(ended, options.clock());
    Verification verification = new Verification(tokens, live(bus), tickets, csrf, standing);
    bus.serve(Addresses.AUTH_VERIFY, verification::verify);
  }

  private static LiveSessions live(Bus bus) {
    LiveSessions live = new LiveSessions(bus);
    bus.hear(Addresses.ACCOUNT_CHANGED, "", changed -> live.forget(changed.userId()));
    return live;
  }

  private void serveAccounts(Bus bus, AccessTokens tokens, CsrfTokens csrf, EndedSessions ended) {
    Passwords passwords = new Passwords(vertx, options.hashWorkers(), Passwords.SEATS);
    Entrances entrances = new Entrances(new NewSessions(bus, options), tokens, csrf);
    SignIns signIns = new SignIns(bus, passwords, entrances);
    bus.serve(Addresses.AUTH_LOGIN, signIns::program);
    bus.serve(Addresses.AUTH_SITE_LOGIN, signIns::site);
    Registrations registrations = new Registrations(bus, passwords, options.registrationOpen());
    bus.serve(Addresses.AUTH_REGISTER, registrations::register);
    Confirmations confirmations = new Confirmations(bus, passwords);
    bus.serve(Addresses.AUTH_CONFIRM, confirmations::confirm);
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
}
