package chat.parley.model;

import java.util.UUID;

/** An account as anyone who is signed in may see it: no address, no secrets. */
public record User(
    UUID id, String username, String displayName, String avatarUrl, Role role, String statusText) {
  /** Somebody who says nothing of themselves. */
  public User(UUID id, String username, String displayName, String avatarUrl, Role role) {
    this(id, username, displayName, avatarUrl, role, null);
  }

  public Person person() {
    return new Person(id, username, displayName, avatarUrl);
  }
}
