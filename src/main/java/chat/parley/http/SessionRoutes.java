package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.OpenSession;
import chat.parley.model.Page;
import io.vertx.core.Future;
import java.util.UUID;

/** Where one is signed in, and signing out there. */
final class SessionRoutes implements Routes {
  private final Bus bus;
  private final SiteCookie cookie;

  SessionRoutes(Bus bus, SiteCookie cookie) {
    this.bus = bus;
    this.cookie = cookie;
  }

  @Override
  public void addTo(Api api) {
    api.on("listSessions", this::list)
        .on("endSession", this::end)
        .on("endSessions", this::endOthers);
  }

  private Future<Answer> list(Call call) {
    Accounts.ListSessions wish = new Accounts.ListSessions(call.me(), call.caller().sessionId());
    return bus.ask(Addresses.SESSIONS_LIST, wish)
        .map(found -> Answer.ok(new Page<OpenSession, String>(found, null)));
  }

  private Future<Answer> end(Call call) {
    UUID wanted = call.id("sessionId");
    return bus.ask(Addresses.AUTH_LOGOUT, new Accounts.EndSession(call.actor(), wanted))
        .map(ended -> wanted.equals(call.caller().sessionId()) ? signedOut() : Answer.noContent());
  }

  private Answer signedOut() {
    return Answer.noContent().with(cookie.cleared());
  }

  private Future<Answer> endOthers(Call call) {
    Accounts.EndSessions wish =
        new Accounts.EndSessions(call.actor(), call.me(), call.caller().sessionId());
    return bus.ask(Addresses.AUTH_LOGOUT_OTHERS, wish).map(ended -> Answer.noContent());
  }
}
