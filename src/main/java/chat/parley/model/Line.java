package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What a room's timeline says of the room itself, between its messages: somebody came, it is called
 * otherwise. It takes a version and no seq, so it is never unread.
 *
 * @param version names the line within its room
 * @param after the seq of the last message before it; 0 for none
 * @param actor who did it
 * @param subject to whom; null when to nobody else
 * @param text the new name, topic, role or setting; null when there is none
 */
public record Line(
    long version, long after, Kind kind, Person actor, Person subject, String text, Instant at) {

  /** What happened. */
  public enum Kind {
    @JsonProperty("joined")
    JOINED,
    @JsonProperty("added")
    ADDED,
    @JsonProperty("left")
    LEFT,
    @JsonProperty("removed")
    REMOVED,
    @JsonProperty("banned")
    BANNED,
    @JsonProperty("role")
    ROLE,
    @JsonProperty("renamed")
    RENAMED,
    @JsonProperty("topic")
    TOPIC,
    @JsonProperty("picture")
    PICTURE,
    @JsonProperty("kind")
    KIND,
    @JsonProperty("archived")
    ARCHIVED,
    @JsonProperty("restored")
    RESTORED,
    @JsonProperty("posting")
    POSTING,
    @JsonProperty("history")
    HISTORY,
    @JsonProperty("retention")
    RETENTION
  }
}
