package chat.parley.auth;

import chat.parley.bus.Problem;
import chat.parley.model.Accounts.LiveSession;
import java.time.Clock;
import java.time.Instant;

/** Whether a session that was found still counts at this moment. */
final class Standing {
  private final EndedSessions ended;
  private final Clock clock;

  Standing(EndedSessions ended, Clock clock) {
    this.ended = ended;
    this.clock = clock;
  }

  boolean isFuture(Instant moment) {
    return clock.instant().isBefore(moment);
  }

  /**
   * Throws UNAUTHENTICATED; asked after the session was read, so that what ended meanwhile is seen.
   */
  void require(LiveSession session) {
    if (ended.contains(session.id()) || !isFuture(session.expiresAt())) {
      throw Problem.UNAUTHENTICATED.failure();
    }
  }
}
