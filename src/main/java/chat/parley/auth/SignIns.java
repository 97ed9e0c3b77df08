package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.WithPassword;
import chat.parley.model.Actor;
import chat.parley.model.Fold;
import chat.parley.model.Login;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Lets people in by their password, and a code where they asked for that: programs get tokens,
 * browsers a cookie, each a session of its own.
 */
final class SignIns {
  private final Bus bus;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final Entrances entrances;

  SignIns(Bus bus, Passwords passwords, SecondFactor secondFactor, Entrances entrances) {
    this.bus = bus;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.entrances = entrances;
  }

  Future<Tokens> program(Accounts.SignIn ask) {
    return prove(ask).compose(proved -> entrances.program(proved, ask.device(), ask.requestId()));
  }

  Future<SiteSession> site(Accounts.SignIn ask) {
    return prove(ask).compose(proved -> entrances.site(proved, ask.device(), ask.requestId()));
  }

  private Future<Proved> prove(Accounts.SignIn ask) {
    return provePassword(ask.login())
        .compose(proved -> proveMore(proved, ask.login().code(), ask.requestId()));
  }

  /** Only who knows the password is asked for a code, or learns that one is needed. */
  private Future<Proved> proveMore(Proved proved, String code, String requestId) {
    return secondFactor
        .passes(new Actor(proved.user().id(), requestId), code)
        .map(
            passes -> {
              if (!passes) {
                throw Problem.BAD_CREDENTIALS.failure();
              }
              return proved;
            });
  }

  /** An unknown name takes the same way as a wrong password: one look and one hash. */
  private Future<Proved> provePassword(Login login) {
    return find(login.login())
        .compose(
            account ->
                passwords
                    .matches(login.password(), account.map(WithPassword::passwordHash))
                    .map(
                        matches -> {
                          if (!matches) {
                            throw Problem.BAD_CREDENTIALS.failure();
                          }
                          return allowed(account.orElseThrow());
                        }));
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
    return new Proved(account.user(), account.passwordHash());
  }
}
