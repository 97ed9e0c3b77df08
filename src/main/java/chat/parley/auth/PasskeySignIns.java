package chat.parley.auth;

import chat.parley.bus.Problem;
import chat.parley.model.Factors;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import chat.parley.model.User;
import io.vertx.core.Future;

/**
 * Lets people in by a passkey alone: it is something they have, and it has seen something they are
 * or know.
 */
final class PasskeySignIns {
  private final Passkeys passkeys;
  private final Entrances entrances;

  PasskeySignIns(Passkeys passkeys, Entrances entrances) {
    this.passkeys = passkeys;
    this.entrances = entrances;
  }

  Future<Tokens> program(Factors.SignIn ask) {
    return prove(ask).compose(user -> entrances.program(user, ask.device(), ask.requestId()));
  }

  Future<SiteSession> site(Factors.SignIn ask) {
    return prove(ask).compose(user -> entrances.site(user, ask.device(), ask.requestId()));
  }

  private Future<User> prove(Factors.SignIn ask) {
    return passkeys
        .prove(ask.signed(), null, ask.requestId())
        .map(
            owner -> {
              if (owner.disabled()) {
                throw Problem.FORBIDDEN.because("This account is disabled");
              }
              return owner.user();
            });
  }
}
