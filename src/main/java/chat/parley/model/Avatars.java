package chat.parley.model;

import java.util.UUID;

/** What is asked about the pictures of people. */
public final class Avatars {
  private Avatars() {}

  /** A picture as it came, of whatever kind; its bytes are told apart, not believed. */
  public record Upload(Actor actor, byte[] file) {
    @Override
    public String toString() {
      return "Upload[" + file.length + " bytes]";
    }
  }

  /**
   * Somebody's picture.
   *
   * @param hash the one that is meant; null for whichever it is
   */
  public record Get(UUID userId, String hash) {}

  /**
   * A picture as it is shown: square and of our own making.
   *
   * @param hash SHA-256 of the bytes in hexadecimal digits; it names this picture for ever
   * @param type {@code image/png} or {@code image/jpeg}
   */
  public record Picture(String hash, String type, byte[] bytes) {
    @Override
    public String toString() {
      return "Picture[" + hash + "]";
    }
  }

  /**
   * Keep this picture for the actor.
   *
   * @param picture null to have none any more
   */
  public record Keep(Actor actor, Picture picture) {}
}
