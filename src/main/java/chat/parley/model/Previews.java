package chat.parley.model;

import java.util.UUID;

/** What is said about links and what they lead to. */
public final class Previews {
  private Previews() {}

  /**
   * A message says something new, and there may be a link in it. It is told to this node alone, so
   * that one node asks for the page, once.
   */
  public record Said(UUID roomId, long seq, UUID senderId, String text) {
    /** Whether to look closer is worth while; costs next to nothing. */
    public static boolean isWorthwhile(String text) {
      return text != null && text.indexOf("://") >= 0;
    }
  }

  /** A page's picture as it came; a small one of it is kept, and this is its id. */
  public record Picture(byte[] bytes) {}

  /** Show this with a message, if the link of {@code preview} is still what it says. */
  public record Keep(UUID roomId, long seq, Preview preview) {}

  /** Show nothing with a message, now and whatever is found later. */
  public record Remove(Actor actor, UUID roomId, long seq) {}
}
