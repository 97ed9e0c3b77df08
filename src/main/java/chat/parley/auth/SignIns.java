package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.WithPassword;
import chat.parley.model.Act;
import chat.parley.model.Fold;
import chat.parley.model.Login;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets people in by their password, and a code where they asked for that: programs get tokens,
 * browsers a cookie, each a session of its own.
 */
final class SignIns {
  private final Bus bus;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final Entrances entrances;
  private final Refusals refusals;

  SignIns(Bus bus, Passwords passwords, SecondFactor secondFactor, Entrances entrances) {
    this.refusals = new Refusals(bus);
    this.bus = bus;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.entrances = entrances;
  }

  Future<Tokens> program(Accounts.SignIn ask) {
    return enter(ask, proved -> entrances.program(proved, ask.device(), ask.requestId()));
  }

  Future<SiteSession> site(Accounts.SignIn ask) {
    return enter(ask, proved -> entrances.site(proved, ask.device(), ask.requestId()));
  }

  private <T> Future<T> enter(Accounts.SignIn ask, Function<Proved, Future<T>> door) {
    return find(ask.login().login())
        .compose(
            account ->
                refusals.noted(
                    prove(ask, account).compose(door),
                    Act.LOGIN_FAILED,
                    ask.device().stranger(ask.requestId()),
                    account.map(known -> known.user().id()).orElse(null),
                    "password"));
  }

  private Future<Proved> prove(Accounts.SignIn ask, Optional<WithPassword> account) {
    return provePassword(ask.login(), account)
        .compose(proved -> proveMore(proved, ask.login().code(), ask));
  }

  /** Only who knows the password is asked for a code, or learns that one is needed. */
  private Future<Proved> proveMore(Proved proved, String code, Accounts.SignIn ask) {
    return secondFactor
        .passes(ask.device().stranger(ask.requestId()).as(proved.user().id()), code)
        .map(
            passes -> {
              if (!passes) {
                throw Problem.BAD_CREDENTIALS.failure();
              }
              return proved;
            });
  }

  /** An unknown name takes the same way as a wrong password: one look and one hash. */
  private Future<Proved> provePassword(Login login, Optional<WithPassword> account) {
    return passwords
        .matches(login.password(), account.map(WithPassword::passwordHash))
        .map(
            matches -> {
              if (!matches) {
                throw Problem.BAD_CREDENTIALS.failure();
              }
              return allowed(account.orElseThrow());
            });
  }

  private Future<Optional<WithPassword>> find(String login) {
    String key = Fold.key(login.strip());
    // PostgreSQL knows no NUL, and no name has one.
    return key.indexOf(0) >= 0
        ? Future.succeededFuture(Optional.empty())
        : bus.ask(Addresses.USERS_BY_LOGIN, key);
  }

  /** Only who knows the password is told. */
  private static Proved allowed(WithPassword account) {
    if (account.disabled()) {
      throw Problem.FORBIDDEN.because("This account is disabled");
    }
    return new Proved(account.user(), account.passwordHash(), "password");
  }
}
