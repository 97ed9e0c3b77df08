package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What sort of room it is: it decides who may see, join, add and leave. */
public enum RoomKind {
  /** Two people, found again by their pair; no name, no owner, nobody joins or leaves. */
  @JsonProperty("direct")
  DIRECT,
  /** Members only; the owner adds and removes. */
  @JsonProperty("group")
  GROUP,
  /** In the directory; anyone who is signed in may join. */
  @JsonProperty("public")
  PUBLIC
}
