package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/** What is asked about changing what was said, and taking it back. */
public final class Edits {
  /** More would be a diary. */
  public static final int MOST = 100;

  private Edits() {}

  /** Say something else instead; the same words change nothing. */
  public record Edit(Actor actor, UUID roomId, long seq, String text) {}

  /** Take a message back; once more changes nothing. */
  public record Delete(Actor actor, UUID roomId, long seq) {}

  /** What a message said before. */
  public record ListVersions(UUID readerId, UUID roomId, long seq) {}

  /** Words that stand no more, and since when they stood. */
  public record Version(String text, Instant at) {}
}
