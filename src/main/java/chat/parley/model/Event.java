package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.UUID;

/**
 * A lasting change of a room's visible state: one row as it is now, with the version that changed
 * it. The same shape live and in a sync. {@code webroot/js/events.js} holds the same catalogue; a
 * test compares them.
 */
public sealed interface Event {
  UUID roomId();

  long version();

  /** The word in {@code type}. */
  @JsonProperty("type")
  String type();

  /** A message was posted, edited or deleted. */
  @JsonPropertyOrder({"type", "roomId", "version"})
  record MessageChanged(UUID roomId, long version, Message message) implements Event {
    @Override
    public String type() {
      return "message";
    }
  }

  /** Someone joined, changed or went. */
  @JsonPropertyOrder({"type", "roomId", "version"})
  record MemberChanged(UUID roomId, long version, Member member) implements Event {
    @Override
    public String type() {
      return "member";
    }
  }

  /** The room itself changed. */
  @JsonPropertyOrder({"type", "roomId", "version"})
  record RoomChanged(UUID roomId, long version, Room room) implements Event {
    @Override
    public String type() {
      return "room";
    }
  }

  /** The room is deleted: nobody hears anything after this, and nobody finds it again. */
  @JsonPropertyOrder({"type", "roomId", "version"})
  record RoomGone(UUID roomId, long version) implements Event {
    @Override
    public String type() {
      return "gone";
    }
  }

  /**
   * A version that shows nothing to this reader: it concerns what was said before they came. Said
   * live, in place of the row, so that no version lacks; a sync leaves it out.
   */
  @JsonPropertyOrder({"type", "roomId", "version"})
  record Hidden(UUID roomId, long version) implements Event {
    @Override
    public String type() {
      return "hidden";
    }
  }

  /** The room's timeline says something of the room. */
  @JsonPropertyOrder({"type", "roomId", "version"})
  record LineAdded(UUID roomId, long version, Line line) implements Event {
    @Override
    public String type() {
      return "line";
    }
  }
}
