package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.SiteSession;
import io.vertx.core.Future;

/** The site's session: the same accounts, proved by a cookie that no script can read. */
final class SiteRoutes implements Routes {
  private static final SiteSession SIGNED_OUT = new SiteSession(null, null, null, 0);

  private final Bus bus;
  private final Limits limits;
  private final SiteCookie cookie;
  private final Doorman doorman;
  private final SiteEntrance entrance;

  SiteRoutes(Bus bus, Limits limits, SiteCookie cookie, Doorman doorman) {
    this.bus = bus;
    this.limits = limits;
    this.cookie = cookie;
    this.doorman = doorman;
    this.entrance = new SiteEntrance(bus, cookie);
  }

  @Override
  public void addTo(Api api) {
    api.on("createSession", this::create)
        .on("getSession", this::get)
        .on("deleteSession", this::delete);
  }

  private Future<Answer> create(Call call) {
    doorman.requireOwnPage(call.request());
    return AuthRoutes.signIn(bus, limits, Addresses.AUTH_SITE_LOGIN, call)
        .compose(session -> entrance.open(call, session));
  }

  private Future<Answer> get(Call call) {
    return cookie
        .in(call.request())
        .map(value -> live(call, value))
        .orElseGet(() -> Future.succeededFuture(Answer.ok(SIGNED_OUT)));
  }

  /**
   * A dead cookie is left where it is: another window may be signing in at this moment, and this
   * answer would take its new cookie away.
   */
  private Future<Answer> live(Call call, String value) {
    doorman.requireOwnPage(call.request());
    return bus.ask(Addresses.AUTH_VERIFY, new Credential.Cookie(value))
        .map(caller -> Answer.ok(session(caller)))
        .recover(
            cause ->
                SiteEntrance.isDead(cause)
                    ? Future.succeededFuture(Answer.ok(SIGNED_OUT))
                    : Future.failedFuture(cause));
  }

  private Future<Answer> delete(Call call) {
    return bus.ask(
            Addresses.AUTH_LOGOUT, new Accounts.EndSession(call.actor(), call.caller().sessionId()))
        .map(ended -> Answer.noContent().with(cookie.cleared()));
  }

  private static SiteSession session(Caller caller) {
    return new SiteSession(caller.user(), caller.csrfToken(), null, 0);
  }
}
