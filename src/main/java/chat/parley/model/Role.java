package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an account may do on the whole server. */
public enum Role {
  @JsonProperty("user")
  USER,
  @JsonProperty("admin")
  ADMIN
}
