package chat.parley.model;

import java.util.UUID;

/** What is asked about reactions. */
public final class Reactions {
  private Reactions() {}

  /** React to a message, or take it back; once more changes nothing. */
  public record React(Actor actor, UUID roomId, long seq, String emoji) {}

  /** Who reacted so, in the order in which they did, after a version of the room. */
  public record Who(UUID readerId, UUID roomId, long seq, String emoji, Long after, int limit) {}
}
