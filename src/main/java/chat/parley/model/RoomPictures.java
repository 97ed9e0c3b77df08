package chat.parley.model;

import java.util.UUID;

/** What is asked about the pictures of rooms. */
public final class RoomPictures {
  private RoomPictures() {}

  /** A picture as it came, of whatever kind; its bytes are told apart, not believed. */
  public record Upload(Actor actor, UUID roomId, byte[] file) {
    @Override
    public String toString() {
      return "Upload[" + file.length + " bytes]";
    }
  }

  /**
   * Keep this picture for the room.
   *
   * @param picture null to have none any more
   */
  public record Keep(Actor actor, UUID roomId, Avatars.Picture picture) {}

  /** The picture of a room that the reader may see. */
  public record Get(UUID readerId, UUID roomId) {}
}
