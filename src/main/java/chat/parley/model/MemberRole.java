package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a member may do in a room; see {@link Permissions}. */
public enum MemberRole {
  @JsonProperty("owner")
  OWNER,
  @JsonProperty("moderator")
  MODERATOR,
  @JsonProperty("member")
  MEMBER
}
