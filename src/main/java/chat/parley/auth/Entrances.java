package chat.parley.auth;

import chat.parley.model.Device;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import io.vertx.core.Future;

/**
 * Lets somebody in who has proved who they are, by whatever means: programs get tokens, browsers a
 * cookie, each a session of its own. Fails with UNAUTHENTICATED when the account was disabled, or
 * the password changed, meanwhile.
 */
final class Entrances {
  private final NewSessions sessions;
  private final AccessTokens tokens;
  private final CsrfTokens csrf;

  Entrances(NewSessions sessions, AccessTokens tokens, CsrfTokens csrf) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.csrf = csrf;
  }

  Future<Tokens> program(Proved proved, Device device, String requestId) {
    String refresh = Secrets.next();
    return sessions
        .openForProgram(proved, Secrets.hash(refresh), device, requestId)
        .map(session -> tokens.pair(session, refresh));
  }

  Future<SiteSession> site(Proved proved, Device device, String requestId) {
    String cookie = Secrets.next();
    return sessions
        .openForSite(proved, Secrets.hash(cookie), device, requestId)
        .map(
            session ->
                new SiteSession(
                    session.user(), csrf.of(session.id()), cookie, sessions.maxAgeSeconds()));
  }
}
