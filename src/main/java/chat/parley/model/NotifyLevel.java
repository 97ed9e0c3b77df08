package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Of what in a room somebody wants to be told. */
public enum NotifyLevel {
  @JsonProperty("all")
  ALL,
  @JsonProperty("mentions")
  MENTIONS,
  @JsonProperty("none")
  NONE
}
