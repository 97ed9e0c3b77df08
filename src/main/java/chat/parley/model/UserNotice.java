package chat.parley.model;

import java.util.UUID;

/** A {@link UserEvent} on its way to one person's sockets, encoded once. */
public record UserNotice(UUID userId, long version, byte[] json) {
  public static UserNotice of(UUID userId, UserEvent event) {
    return new UserNotice(userId, event.version(), Json.bytes(event));
  }
}
