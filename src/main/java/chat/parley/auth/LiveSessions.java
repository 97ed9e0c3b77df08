package chat.parley.auth;

import chat.parley.bus.Address;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts.LiveSession;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The sessions that spoke lately, with their people, so that a request costs no query. What it says
 * may be as old as {@link #FRESH}, if the announcement of a change was lost; else a changed name or
 * role shows at once. A session's end does not wait for either, see {@link EndedSessions}. Who asks
 * while an answer is on its way waits for that answer. Used on one event loop.
 */
final class LiveSessions {
  private static final Duration FRESH = Duration.ofSeconds(15);
  private static final int MOST = 10_000;

  private final Cache<Object, Future<LiveSession>> sessions =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).build();
  private final Bus bus;

  LiveSessions(Bus bus) {
    this.bus = bus;
  }

  /** Fails with UNAUTHENTICATED when there is none. */
  Future<LiveSession> byId(UUID sessionId) {
    Future<LiveSession> known = sessions.getIfPresent(sessionId);
    return known != null ? known : ask(Addresses.SESSIONS_GET, sessionId, sessionId);
  }

  /** Fails with UNAUTHENTICATED when there is none. */
  Future<LiveSession> byCookie(byte[] hash) {
    ByteBuffer key = ByteBuffer.wrap(hash);
    Future<LiveSession> known = sessions.getIfPresent(key);
    return known != null ? known : ask(Addresses.SESSIONS_BY_COOKIE, hash, key);
  }

  /** Reads this person anew from now on; so does who asked before and has no answer yet. */
  void forget(UUID userId) {
    sessions
        .asMap()
        .values()
        .removeIf(answer -> !answer.succeeded() || answer.result().user().id().equals(userId));
  }

  private <Q> Future<LiveSession> ask(
      Address<Q, Optional<LiveSession>> address, Q question, Object key) {
    Future<LiveSession> answer = bus.ask(address, question).map(LiveSessions::orRefuse);
    sessions.put(key, answer);
    // Neither a "no" nor a failure is kept: signing in or the database's return counts at once.
    answer.onFailure(refused -> sessions.asMap().remove(key, answer));
    return answer;
  }

  private static LiveSession orRefuse(Optional<LiveSession> session) {
    return session.orElseThrow(Problem.UNAUTHENTICATED::failure);
  }
}
