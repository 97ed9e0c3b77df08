package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may make an account. */
public enum RegistrationMode {
  /** Everybody. */
  @JsonProperty("open")
  OPEN,
  /** Who was given a link. */
  @JsonProperty("invite")
  INVITE,
  /** Nobody, but by a link for an administrator. */
  @JsonProperty("closed")
  CLOSED
}
