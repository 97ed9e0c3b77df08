package chat.parley.auth;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Factors;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Lets people in by a passkey alone: it is something they have, and it has seen something they are
 * or know.
 */
final class PasskeySignIns {
  private final Passkeys passkeys;
  private final Entrances entrances;
  private final Refusals refusals;

  PasskeySignIns(Passkeys passkeys, Entrances entrances, Refusals refusals) {
    this.refusals = refusals;
    this.passkeys = passkeys;
    this.entrances = entrances;
  }

  Future<Tokens> program(Factors.SignIn ask) {
    return enter(ask, proved -> entrances.program(proved, ask.device(), ask.requestId()));
  }

  Future<SiteSession> site(Factors.SignIn ask) {
    return enter(ask, proved -> entrances.site(proved, ask.device(), ask.requestId()));
  }

  private <T> Future<T> enter(Factors.SignIn ask, Function<Proved, Future<T>> door) {
    return refusals.noted(
        Future.succeededFuture(ask).compose(this::prove).compose(door),
        Act.LOGIN_FAILED,
        ask.device().stranger(ask.requestId()),
        null,
        "passkey");
  }

  private Future<Proved> prove(Factors.SignIn ask) {
    return passkeys
        .prove(ask.signed(), null, ask.requestId())
        .map(
            owner -> {
              if (owner.disabled()) {
                throw Problem.FORBIDDEN.because("This account is disabled");
              }
              return new Proved(owner.user(), null, "passkey");
            });
  }
}
