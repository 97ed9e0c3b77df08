package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Device;
import chat.parley.model.Ids;
import chat.parley.model.User;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Opens sessions, each with a fresh id: nobody can fix one for somebody else beforehand. */
final class NewSessions {
  /** A browser that nobody comes back to is signed out after this time. */
  static final Duration SITE_IDLE = Duration.ofDays(7);

  private final Bus bus;
  private final Clock clock;
  private final Duration life;

  NewSessions(Bus bus, AuthVerticle.Options options) {
    this.bus = bus;
    this.clock = options.clock();
    this.life = options.sessionLife();
  }

  long maxAgeSeconds() {
    return life.toSeconds();
  }

  Future<LiveSession> openForProgram(
      Proved proved, byte[] refreshHash, Device device, String requestId) {
    LiveSession session = next(proved.user());
    return store(
        session,
        new Accounts.NewSession(
            session.id(),
            proved.user().id(),
            null,
            refreshHash,
            Devices.tidy(device),
            session.expiresAt(),
            null,
            proved.passwordHash(),
            proved.by(),
            requestId));
  }

  Future<LiveSession> openForSite(
      Proved proved, byte[] cookieHash, Device device, String requestId) {
    LiveSession session = next(proved.user());
    return store(
        session,
        new Accounts.NewSession(
            session.id(),
            proved.user().id(),
            cookieHash,
            null,
            Devices.tidy(device),
            session.expiresAt(),
            SITE_IDLE,
            proved.passwordHash(),
            proved.by(),
            requestId));
  }

  private LiveSession next(User user) {
    return new LiveSession(Ids.next(), user, clock.instant().plus(life));
  }

  private Future<LiveSession> store(LiveSession session, Accounts.NewSession row) {
    return bus.ask(Addresses.SESSIONS_CREATE, row).map(session);
  }
}
