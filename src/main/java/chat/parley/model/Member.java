package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A person's place in a room, or ({@code gone}) that they have none any more.
 *
 * @param gone true or null
 */
public record Member(
    Person user,
    MemberRole role,
    Instant joinedAt,
    long version,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean gone) {

  public static Member present(Person user, MemberRole role, Instant joinedAt, long version) {
    return new Member(user, role, joinedAt, version, null);
  }

  public static Member gone(Person user, long version) {
    return new Member(user, null, null, version, true);
  }
}
