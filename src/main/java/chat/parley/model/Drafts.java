package chat.parley.model;

import java.util.UUID;

/** What is asked about drafts; each is its author's alone. */
public final class Drafts {
  private Drafts() {}

  /** Keep what is written so far; {@code replyTo} may be null. */
  public record Put(Actor actor, UUID roomId, String text, Long replyTo) {}

  /** Forget it. */
  public record Remove(Actor actor, UUID roomId) {}

  /** My drafts, in the order of rooms; {@code after} (a room's id) may be null. */
  public record ListMine(UUID userId, UUID after, int limit) {}
}
