package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Actor;
import chat.parley.model.Audit;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Notes in the audit log that somebody did not prove who they are, before they are told. No storm
 * of rows comes of it: whoever fails too often is refused at the door, and every guess at a
 * password costs a hash, of which a node makes some thirty a second.
 */
final class Refusals {
  /** What is no refusal, or says nothing yet: the database is away, a code is still to come. */
  private static final Set<Problem> REFUSED =
      Set.of(
          Problem.BAD_CREDENTIALS,
          Problem.FORBIDDEN,
          Problem.UNAUTHENTICATED,
          Problem.CROSS_SITE,
          Problem.TOO_MANY_REQUESTS);

  private final Bus bus;

  Refusals(Bus bus) {
    this.bus = bus;
  }

  /**
   * The outcome as it is, once its refusal is noted.
   *
   * @param accountId whose account it was about; null when there is none
   * @param by what was to prove it
   */
  <T> Future<T> noted(Future<T> attempt, Act act, Actor actor, UUID accountId, String by) {
    Map<String, ?> row = accountId == null ? Map.of() : Map.of("id", accountId);
    return attempt.recover(
        cause ->
            isRefusal(cause)
                ? bus.ask(Addresses.AUDIT_NOTE, new Audit.Note(actor, act, row, Map.of("by", by)))
                    .compose(noted -> Future.failedFuture(cause))
                : Future.failedFuture(cause));
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof Failure failure && REFUSED.contains(failure.problem());
  }
}
