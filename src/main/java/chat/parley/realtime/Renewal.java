package chat.parley.realtime;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import io.vertx.core.Future;

/**
 * Newer access tokens on sockets that are open. A token of another session is refused: a socket
 * must end with the session that opened it, and hears what its person may hear.
 */
final class Renewal {
  private final Bus bus;

  Renewal(Bus bus) {
    this.bus = bus;
  }

  /** Who the token proves; fails with UNAUTHENTICATED, or FORBIDDEN when it is another session. */
  Future<Caller> prove(Caller present, String token) {
    return bus.ask(Addresses.AUTH_VERIFY, new Credential.Bearer(token))
        .map(
            caller -> {
              boolean same =
                  caller.sessionId().equals(present.sessionId())
                      && caller.userId().equals(present.userId());
              if (!same) {
                throw Problem.FORBIDDEN.because("The token is of another session");
              }
              return caller;
            });
  }
}
