package chat.parley.http;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Factors;
import chat.parley.model.Json;
import chat.parley.model.Limit;
import chat.parley.model.Login;
import chat.parley.model.Registration;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;

/** Accounts and tokens, for programs. */
final class AuthRoutes implements Routes {
  private final Bus bus;
  private final Limits limits;
  private final Remembered<UUID, Answer> mine;

  AuthRoutes(Bus bus, Limits limits) {
    this.bus = bus;
    this.mine = new Remembered<>(bus);
    this.limits = limits;
  }

  @Override
  public void addTo(Api api) {
    api.on("register", this::register)
        .on("login", call -> signIn(bus, limits, Addresses.AUTH_LOGIN, call).map(Answer::ok))
        .on("refresh", this::refresh)
        .on("logout", this::logout)
        .on("confirm", this::confirm)
        .on("getMe", this::me)
        .on(
            "createTicket",
            call ->
                bus.ask(
                        Addresses.AUTH_TICKET,
                        new Accounts.MakeTicket(call.caller(), call.requestId()))
                    .map(Answer::created));
  }

  /** Clients ask this at every start, and some all day: encoded once, see {@link Remembered}. */
  private Future<Answer> me(Call call) {
    Answer known = mine.get(call.me());
    return known != null
        ? Future.succeededFuture(known)
        : mine.ask(
            call.me(), id -> bus.ask(Addresses.USERS_ME, id).map(Json::bytes).map(Answer::encoded));
  }

  /** Signs a program or a browser in; failures are counted. */
  static <T> Future<T> signIn(
      Bus bus, Limits limits, Address<Accounts.SignIn, T> address, Call call) {
    Login login = call.body(Login.class);
    return limits.signIn(
        call.address(),
        login.login(),
        call.request().response(),
        () -> bus.ask(address, new Accounts.SignIn(login, call.device(), call.requestId())));
  }

  private Future<Answer> register(Call call) {
    Registration wish = call.body(Registration.class);
    limits.spend(
        Limit.REGISTRATIONS_BY_ADDRESS,
        ClientAddress.limitKey(call.address()),
        call.request().response());
    return bus.ask(
            Addresses.AUTH_REGISTER, new Accounts.Register(wish, call.device(), call.requestId()))
        .map(Answer::created);
  }

  /** Guessing here costs what it costs at the sign-in. */
  private Future<Answer> confirm(Call call) {
    ConfirmBody body = call.body(ConfirmBody.class);
    Accounts.Confirm ask =
        new Accounts.Confirm(
            call.caller(),
            body.current(),
            body.code(),
            body.passkey(FactorRoutes.origin(call.request())),
            call.requestId());
    return limits
        .signIn(
            call.address(),
            call.caller().user().username(),
            call.request().response(),
            () -> bus.ask(Addresses.AUTH_CONFIRM, ask))
        .map(confirmed -> Answer.noContent());
  }

  private Future<Answer> refresh(Call call) {
    String token = call.body(RefreshBody.class).refreshToken();
    return bus.ask(
            Addresses.AUTH_REFRESH, new Accounts.Refresh(token, call.device(), call.requestId()))
        .map(Answer::ok);
  }

  private Future<Answer> logout(Call call) {
    return bus.ask(
            Addresses.AUTH_LOGOUT, new Accounts.EndSession(call.actor(), call.caller().sessionId()))
        .map(ended -> Answer.noContent());
  }

  private record ConfirmBody(
      String current, String code, String challengeId, Map<String, Object> credential) {
    Factors.Signed passkey(String origin) {
      return credential == null ? null : new Factors.Signed(challengeId, credential, origin);
    }
  }

  private record RefreshBody(String refreshToken) {}
}
