package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A platform that vouches for its own people.
 *
 * @param origins whose pages may come with its tokens
 */
public record Application(
    UUID id,
    String name,
    List<String> origins,
    boolean disabled,
    Instant createdAt,
    List<Key> keys) {

  /**
   * What it signs with.
   *
   * @param algorithm HS256, RS256, ES256 or EdDSA
   * @param secret only in the answer that made it, and only of HS256
   */
  public record Key(UUID id, String algorithm, Instant createdAt, String secret) {
    @Override
    public String toString() {
      return "Key[" + id + ", " + algorithm + "]";
    }
  }
}
