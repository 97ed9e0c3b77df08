package chat.parley.model;

import java.util.UUID;

/** What is asked about the messages that call somebody. */
public final class Mentions {
  private Mentions() {}

  /** A page of those that call the reader, newest first; {@code before} (a cursor) may be null. */
  public record Inbox(UUID readerId, String before, int limit) {}

  /** One of them. */
  public record Item(UUID roomId, Message message) {}
}
