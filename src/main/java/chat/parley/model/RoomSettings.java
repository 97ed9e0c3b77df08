package chat.parley.model;

/**
 * The wish to change a room: what is absent stays.
 *
 * @param topic an empty one clears
 * @param kind never direct
 * @param archived true closes it for reading only, false opens it again
 */
public record RoomSettings(
    String name,
    String topic,
    RoomKind kind,
    Boolean archived,
    RoomPosting posting,
    RoomHistory history) {
  /** Whether it says what the room is about, and not only how it is set up. */
  public boolean describes() {
    return name != null || topic != null;
  }

  /** Whether it says who may do what there. */
  public boolean setsUp() {
    return kind != null || archived != null || posting != null || history != null;
  }
}
