package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may post in a room. */
public enum RoomPosting {
  @JsonProperty("members")
  MEMBERS,
  /** Moderators and owners; the others read. */
  @JsonProperty("moderators")
  MODERATORS
}
