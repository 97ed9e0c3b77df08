package chat.parley.model;

import java.util.UUID;

/** What is asked about messages. */
public final class Messages {
  private Messages() {}

  /** Say something; the same {@code clientId} again is answered with the first message. */
  public record Post(Actor actor, UUID roomId, UUID clientId, String text) {}

  /** A page before or after a seq; both null means the newest. */
  public record ReadPage(UUID readerId, UUID roomId, Long before, Long after, int limit) {}

  /** One message. */
  public record Get(UUID readerId, UUID roomId, long seq) {}
}
