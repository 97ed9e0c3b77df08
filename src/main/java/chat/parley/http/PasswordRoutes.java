package chat.parley.http;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Caller;
import chat.parley.model.Fold;
import chat.parley.model.Limit;
import chat.parley.model.Recovery;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;

/** Passwords that were forgotten, and such as are changed. */
final class PasswordRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;
  private final SiteCookie cookie;

  PasswordRoutes(Bus bus, Limits limits, SiteCookie cookie) {
    this.bus = bus;
    this.limits = limits;
    this.cookie = cookie;
  }

  @Override
  public void addTo(Api api) {
    api.on("requestPasswordReset", this::request)
        .on("confirmPasswordReset", this::confirm)
        .on("changePassword", this::change);
  }

  /** Counted by the address as it was typed, so that a refusal says nothing about whose it is. */
  private Future<Answer> request(Call call) {
    String email = call.body(RequestBody.class).email();
    HttpServerResponse response = call.request().response();
    limits.spend(
        Limit.PASSWORD_RESETS_BY_ADDRESS, ClientAddress.limitKey(call.address()), response);
    limits.spend(Limit.PASSWORD_RESETS_BY_EMAIL, Fold.key(email.strip()), response);
    return bus.ask(Addresses.AUTH_ASK_RESET, new Recovery.AskReset(email, call.actor()))
        .map(taken -> Answer.accepted());
  }

  private Future<Answer> confirm(Call call) {
    ConfirmBody body = call.body(ConfirmBody.class);
    Recovery.Reset ask = new Recovery.Reset(body.token(), body.password(), call.actor());
    return limits
        .guess(
            Limit.LINKS_BY_ADDRESS,
            ClientAddress.limitKey(call.address()),
            call.request().response(),
            () -> bus.ask(Addresses.AUTH_RESET, ask))
        .map(set -> Answer.noContent());
  }

  /** Guessing the present password costs what it costs at the sign-in. */
  private Future<Answer> change(Call call) {
    ChangeBody body = call.body(ChangeBody.class);
    limits.spend(Limit.PASSWORD_CHANGES_BY_USER, call.me().toString(), call.request().response());
    Recovery.ChangePassword ask =
        new Recovery.ChangePassword(
            call.caller(), body.current(), body.password(), call.device(), call.requestId());
    return limits.signIn(
        call.address(),
        call.caller().user().username(),
        call.request().response(),
        () -> call.caller().via() == Caller.Via.COOKIE ? forSite(ask) : forProgram(ask));
  }

  private Future<Answer> forProgram(Recovery.ChangePassword ask) {
    return bus.ask(Addresses.AUTH_PASSWORD, ask).map(Answer::ok);
  }

  private Future<Answer> forSite(Recovery.ChangePassword ask) {
    return bus.ask(Addresses.AUTH_SITE_PASSWORD, ask)
        .map(session -> Answer.ok(session).with(cookie.set(session)));
  }

  private record RequestBody(String email) {}

  private record ConfirmBody(String token, String password) {}

  private record ChangeBody(String current, String password) {}
}
