package chat.parley.model;

import java.util.UUID;

/** What somebody sets in a room for themselves alone. */
public final class OwnPlace {
  private OwnPlace() {}

  /** What is absent (null) stays as it is. */
  public record Wish(NotifyLevel notifications, Boolean pinned, Boolean hidden, Boolean unread) {}

  /** Change my place in a room. */
  public record Change(Actor actor, UUID roomId, Wish wish) {}
}
