package chat.parley.model;

import java.util.UUID;

/** What is asked about people. */
public final class Users {
  private Users() {}

  /** People whose names begin so. */
  public record Search(UUID readerId, String q, int limit) {}

  /** One person. */
  public record Get(UUID readerId, UUID userId) {}
}
