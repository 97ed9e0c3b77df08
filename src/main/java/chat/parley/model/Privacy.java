package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Who may do what with an account.
 *
 * @param directFrom who may open a direct room with them; in a change null to leave it
 */
public record Privacy(DirectFrom directFrom) {
  /** Whom a person takes new direct rooms from. */
  public enum DirectFrom {
    @JsonProperty("everyone")
    EVERYONE,
    /** From people of a group or public room that both are in. */
    @JsonProperty("shared")
    SHARED
  }

  /** Change one's own. */
  public record Change(Actor actor, Privacy to) {}
}
