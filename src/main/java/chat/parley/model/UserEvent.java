package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.UUID;

/**
 * A change of one person's own state, numbered by their user version, heard by all their devices.
 */
public sealed interface UserEvent {
  long version();

  @JsonProperty("type")
  String type();

  /** I am now in this room. */
  @JsonPropertyOrder({"type", "version"})
  record RoomAdded(long version, Room room) implements UserEvent {
    @Override
    public String type() {
      return "room-added";
    }
  }

  /** I am no longer in this room. */
  @JsonPropertyOrder({"type", "version"})
  record RoomRemoved(long version, UUID roomId) implements UserEvent {
    @Override
    public String type() {
      return "room-removed";
    }
  }

  /** I am called otherwise, look different or say something else of myself. */
  @JsonPropertyOrder({"type", "version"})
  record UserChanged(long version, User user) implements UserEvent {
    @Override
    public String type() {
      return "user-changed";
    }
  }

  /** A message calls me by name. */
  @JsonPropertyOrder({"type", "version"})
  record Mention(long version, UUID roomId, long seq) implements UserEvent {
    @Override
    public String type() {
      return "mention";
    }
  }

  /** I have written on in a room, or ({@code draft} is null) it is sent or given up. */
  @JsonPropertyOrder({"type", "version"})
  record DraftChanged(long version, UUID roomId, Draft draft) implements UserEvent {
    @Override
    public String type() {
      return "draft";
    }
  }

  /** I want to hear nothing from this person, or do again; they are not told. */
  @JsonPropertyOrder({"type", "version"})
  record Block(long version, UUID userId, boolean blocked) implements UserEvent {
    @Override
    public String type() {
      return "block";
    }
  }

  /**
   * Something of mine that is to be sent later changed.
   *
   * @param scheduled as it is now; null once it is sent or given up
   */
  @JsonPropertyOrder({"type", "version"})
  record ScheduledChanged(long version, UUID id, Scheduled scheduled) implements UserEvent {
    @Override
    public String type() {
      return "scheduled";
    }
  }

  /**
   * I reacted to a message, or took it back; {@code mine} holds as of the message's own version.
   */
  @JsonPropertyOrder({"type", "version"})
  record Reacted(long version, UUID roomId, long seq, long messageVersion, List<String> mine)
      implements UserEvent {
    @Override
    public String type() {
      return "reacted";
    }
  }

  /** I have set something else for myself in a room, on some device. */
  @JsonPropertyOrder({"type", "version"})
  record Place(long version, UUID roomId, Room.MyPlace me) implements UserEvent {
    @Override
    public String type() {
      return "place";
    }
  }

  /** I have read further, on some device; the room is no longer marked unread. */
  @JsonPropertyOrder({"type", "version"})
  record Read(long version, UUID roomId, long readSeq) implements UserEvent {
    @Override
    public String type() {
      return "read";
    }
  }
}
