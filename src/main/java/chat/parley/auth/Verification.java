package chat.parley.auth;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Says who is speaking, for every request and every socket: a few microseconds for a token, key or
 * cookie seen lately. Proofs are remembered by their hash; expiry and the end of a session are
 * checked anew each time.
 */
final class Verification {
  private static final int MOST = 10_000;

  private final Cache<ByteBuffer, AccessTokens.Claims> verified =
      Caffeine.newBuilder().maximumSize(MOST).build();
  private final AccessTokens tokens;
  private final LiveSessions sessions;
  private final Tickets tickets;
  private final CsrfTokens csrf;
  private final Standing standing;
  private final Sightings sightings;
  private final KeyUses uses;

  Verification(
      AccessTokens tokens,
      LiveSessions sessions,
      Tickets tickets,
      CsrfTokens csrf,
      Standing standing,
      Sightings sightings,
      KeyUses uses) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.tickets = tickets;
    this.csrf = csrf;
    this.standing = standing;
    this.sightings = sightings;
    this.uses = uses;
  }

  /** Fails with UNAUTHENTICATED, always the same, whatever is wrong. */
  Future<Caller> verify(Credential credential) {
    if (credential instanceof Credential.Bearer bearer) {
      return KeyText.isOurs(bearer.token()) ? key(bearer.token()) : token(bearer.token());
    }
    if (credential instanceof Credential.Cookie cookie) {
      return cookie(cookie.value());
    }
    return ticket(((Credential.Ticket) credential).value());
  }

  private Future<Caller> token(String token) {
    if (token == null || token.length() > AccessTokens.LONGEST) {
      return refused();
    }
    ByteBuffer hash = ByteBuffer.wrap(Secrets.hash(token));
    AccessTokens.Claims known = verified.getIfPresent(hash);
    if (known != null) {
      return byClaims(known);
    }
    return tokens
        .verify(token)
        .compose(
            claims -> {
              verified.put(hash, claims);
              return byClaims(claims);
            });
  }

  /**
   * The claims name the person, the session tells how they are called and what they may do today.
   */
  private Future<Caller> byClaims(AccessTokens.Claims claims) {
    if (!standing.isFuture(claims.expiresAt())) {
      return refused();
    }
    return sessions
        .byId(claims.sessionId())
        .map(
            session -> {
              standing.require(session);
              return caller(session, Caller.Via.TOKEN, claims.expiresAt());
            });
  }

  private Future<Caller> key(String text) {
    return sessions
        .byKey(Secrets.hash(text))
        .map(
            session -> {
              standing.require(session);
              uses.note(session.id());
              return caller(session, Caller.Via.TOKEN, session.expiresAt());
            });
  }

  private Future<Caller> cookie(String value) {
    return !Secrets.isOurs(value)
        ? refused()
        : sessions
            .byCookie(Secrets.hash(value))
            .map(
                session -> {
                  standing.require(session);
                  return caller(session, Caller.Via.COOKIE, session.expiresAt());
                });
  }

  private Future<Caller> ticket(String value) {
    return !Secrets.isOurs(value)
        ? refused()
        : tickets
            .spend(value)
            .map(
                session -> {
                  standing.require(session);
                  return caller(session, Caller.Via.TICKET, session.expiresAt());
                });
  }

  private Caller caller(LiveSession session, Caller.Via via, Instant until) {
    sightings.saw(session.id());
    String csrfToken = via == Caller.Via.COOKIE ? csrf.of(session.id()) : null;
    return new Caller(session.user(), session.id(), via, csrfToken, until, session.scopes(), null);
  }

  private static Future<Caller> refused() {
    return Future.failedFuture(Problem.UNAUTHENTICATED.failure());
  }
}
