package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that is to be sent later.
 *
 * @param id the {@code clientId} that the message will have
 * @param failed why it could not be sent; null while it waits
 */
public record Scheduled(
    UUID id,
    UUID roomId,
    String text,
    Long replyTo,
    Long threadOf,
    Instant at,
    Instant createdAt,
    String failed) {

  /** How many of one person may wait. */
  public static final int MOST = 100;

  /** How far ahead, in days. */
  public static final int MAX_DAYS = 366;

  /** Send this then; the same id again is answered with what there is. */
  public record Plan(Actor actor, Scheduled wish) {}

  /** Mine that wait or could not be sent. */
  public record List(java.util.List<Scheduled> items) {}

  /** Other words or another time; null leaves as it is. */
  public record Change(Actor actor, UUID id, String text, Instant at) {}

  /** Do not send it. */
  public record Cancel(Actor actor, UUID id) {}

  public Messages.Context context() {
    return new Messages.Context(replyTo, threadOf, null);
  }
}
