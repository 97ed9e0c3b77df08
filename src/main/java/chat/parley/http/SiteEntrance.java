package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.model.Accounts;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.SiteSession;
import io.vertx.core.Future;

/**
 * Gives a browser its new cookie, whatever it signed in by. The session of the cookie that it
 * brought ends: nobody would ever ask for it again but who copied it.
 */
final class SiteEntrance {
  private final Bus bus;
  private final SiteCookie cookie;

  SiteEntrance(Bus bus, SiteCookie cookie) {
    this.bus = bus;
    this.cookie = cookie;
  }

  Future<Answer> open(Call call, SiteSession session) {
    Answer answer = Answer.ok(session).with(cookie.set(session));
    return cookie
        .in(call.request())
        .map(old -> end(call, old).map(answer))
        .orElseGet(() -> Future.succeededFuture(answer));
  }

  private Future<Void> end(Call call, String old) {
    return bus.ask(Addresses.AUTH_VERIFY, new Credential.Cookie(old))
        .compose(caller -> logout(call, caller))
        .recover(cause -> isDead(cause) ? Future.succeededFuture() : Future.failedFuture(cause));
  }

  private Future<Void> logout(Call call, Caller before) {
    return bus.ask(
        Addresses.AUTH_LOGOUT,
        new Accounts.EndSession(before.actor(call.requestId()), before.sessionId()));
  }

  static boolean isDead(Throwable cause) {
    return cause instanceof Failure failure && failure.problem().status() == 401;
  }
}
