package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a room's past its new members see. */
public enum RoomHistory {
  @JsonProperty("all")
  ALL,
  /** Only what comes after they came. */
  @JsonProperty("joined")
  JOINED
}
