package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is asked about messages. */
public final class Messages {
  private Messages() {}

  /** Say something; the same {@code clientId} again is answered with the first message. */
  public record Post(Actor actor, UUID roomId, UUID clientId, String text) {}

  /** A page before or after a seq; both null means the newest. */
  public record ReadPage(UUID readerId, UUID roomId, Long before, Long after, int limit) {}

  /** What a person said in a room they are or were in, after a seq. */
  public record OwnAfter(UUID userId, UUID roomId, long after) {}

  /**
   * The answer: some of it, maybe none, in order.
   *
   * @param next ask again after this seq; null at the end
   */
  public record OwnPage(List<Own> items, Long next) {}

  /** One of the asker's own messages. */
  public record Own(long seq, String text, Instant sentAt, Instant editedAt, Instant deletedAt) {}

  /** One message. */
  public record Get(UUID readerId, UUID roomId, long seq) {}
}
