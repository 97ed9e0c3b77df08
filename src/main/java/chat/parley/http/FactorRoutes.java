package chat.parley.http;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Factors;
import chat.parley.model.Limit;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** What people have beside a password: codes of an app, recovery codes, passkeys. */
final class FactorRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;
  private final SiteCookie cookie;
  private final Doorman doorman;

  FactorRoutes(Bus bus, Limits limits, SiteCookie cookie, Doorman doorman) {
    this.bus = bus;
    this.limits = limits;
    this.cookie = cookie;
    this.doorman = doorman;
  }

  @Override
  public void addTo(Api api) {
    api.on("getSecondFactor", call -> bus.ask(Addresses.FACTORS_GET, call.me()).map(Answer::ok))
        .on("setUpTotp", this::setUpTotp)
        .on("confirmTotp", this::confirmTotp)
        .on("removeTotp", this::removeTotp)
        .on("renewRecoveryCodes", this::renewRecoveryCodes)
        .on("beginPasskey", this::beginPasskey)
        .on("addPasskey", this::addPasskey)
        .on("removePasskey", this::removePasskey)
        .on("beginPasskeyLogin", this::beginPasskeyLogin)
        .on("passkeyLogin", call -> signIn(Addresses.AUTH_PASSKEY_LOGIN, call).map(Answer::ok))
        .on("createPasskeySession", this::createPasskeySession);
  }

  private Future<Answer> setUpTotp(Call call) {
    spend(Limit.SECURITY_BY_USER, call);
    return bus.ask(Addresses.AUTH_TOTP, ask(call)).map(Answer::created);
  }

  private Future<Answer> confirmTotp(Call call) {
    String code = call.body(CodeBody.class).code();
    return bus.ask(
            Addresses.AUTH_TOTP_CONFIRM,
            new Factors.WithCode(call.caller(), code, call.requestId()))
        .map(Answer::ok);
  }

  private Future<Answer> removeTotp(Call call) {
    return bus.ask(Addresses.AUTH_TOTP_REMOVE, ask(call)).map(removed -> Answer.noContent());
  }

  private Future<Answer> renewRecoveryCodes(Call call) {
    spend(Limit.SECURITY_BY_USER, call);
    return bus.ask(Addresses.AUTH_RECOVERY_CODES, ask(call)).map(Answer::ok);
  }

  private Future<Answer> beginPasskey(Call call) {
    spend(Limit.PASSKEYS_BY_USER, call);
    return bus.ask(
            Addresses.AUTH_PASSKEY_BEGIN, new Factors.Begin(call.caller(), origin(call.request())))
        .map(Answer::ok);
  }

  private Future<Answer> addPasskey(Call call) {
    PasskeyBody body = call.body(PasskeyBody.class);
    Factors.Signed made =
        new Factors.Signed(body.challengeId(), body.credential(), origin(call.request()));
    return bus.ask(
            Addresses.AUTH_PASSKEY_ADD,
            new Factors.Add(call.caller(), body.name(), made, call.requestId()))
        .map(Answer::created);
  }

  private Future<Answer> removePasskey(Call call) {
    return bus.ask(
            Addresses.AUTH_PASSKEY_REMOVE,
            new Factors.Remove(call.caller(), call.id("passkeyId"), call.requestId()))
        .map(removed -> Answer.noContent());
  }

  private Future<Answer> beginPasskeyLogin(Call call) {
    limits.spend(
        Limit.PASSKEYS_BY_ADDRESS,
        ClientAddress.limitKey(call.address()),
        call.request().response());
    return bus.ask(Addresses.AUTH_PASSKEY_OPTIONS, origin(call.request())).map(Answer::ok);
  }

  private Future<Answer> createPasskeySession(Call call) {
    doorman.requireOwnPage(call.request());
    return signIn(Addresses.AUTH_PASSKEY_SITE_LOGIN, call)
        .map(session -> Answer.ok(session).with(cookie.set(session)));
  }

  /** Failures are counted; a passkey names no account before it is proved, so by address. */
  private <T> Future<T> signIn(Address<Factors.SignIn, T> address, Call call) {
    SignedBody body = call.body(SignedBody.class);
    Factors.Signed signed =
        new Factors.Signed(body.challengeId(), body.credential(), origin(call.request()));
    return limits.guess(
        Limit.LOGINS_BY_ADDRESS,
        ClientAddress.limitKey(call.address()),
        call.request().response(),
        () -> bus.ask(address, new Factors.SignIn(signed, call.device(), call.requestId())));
  }

  private void spend(Limit limit, Call call) {
    limits.spend(limit, call.me().toString(), call.request().response());
  }

  private static Factors.Ask ask(Call call) {
    return new Factors.Ask(call.caller(), call.requestId());
  }

  /** Under which this server was asked; only believed of localhost. */
  static String origin(HttpServerRequest request) {
    return request.scheme() + "://" + request.authority();
  }

  private record CodeBody(String code) {}

  private record PasskeyBody(String challengeId, String name, Map<String, Object> credential) {}

  private record SignedBody(String challengeId, Map<String, Object> credential) {}
}
