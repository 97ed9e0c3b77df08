package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.Rotated;
import chat.parley.model.Tokens;
import io.vertx.core.Future;
import java.util.List;

/**
 * Exchanges refresh tokens for the next pair. A token that comes a second time was copied by
 * somebody: its session ends, and with it whatever came of either copy (RFC 9700 §4.14).
 */
final class Refreshes {
  private final Bus bus;
  private final AccessTokens tokens;
  private final EndedSessions ended;

  Refreshes(Bus bus, AccessTokens tokens, EndedSessions ended) {
    this.bus = bus;
    this.tokens = tokens;
    this.ended = ended;
  }

  Future<Tokens> refresh(Accounts.Refresh ask) {
    if (!Secrets.isOurs(ask.refreshToken())) {
      return Future.failedFuture(Problem.UNAUTHENTICATED.failure());
    }
    String next = Secrets.next();
    Accounts.RotateRefresh wish =
        new Accounts.RotateRefresh(
            Secrets.hash(ask.refreshToken()),
            Secrets.hash(next),
            Devices.tidy(ask.device()),
            ask.requestId());
    return bus.ask(Addresses.SESSIONS_ROTATE, wish).map(rotated -> pair(rotated, next));
  }

  private Tokens pair(Rotated rotated, String next) {
    if (rotated.endedSession() != null) {
      ended.add(List.of(rotated.endedSession()));
    }
    if (rotated.session() == null) {
      throw Problem.UNAUTHENTICATED.failure();
    }
    return tokens.pair(rotated.session(), next);
  }
}
