package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A key that was made just now, with the text that opens, which is shown this once. */
public record MadeApiKey(
    UUID id, String name, List<Scope> scopes, Instant createdAt, Instant expiresAt, String key) {
  @Override
  public String toString() {
    return "MadeApiKey[" + id + "]";
  }
}
