package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is asked about keys of programs. */
public final class ApiKeys {
  private ApiKeys() {}

  /** Make a key of the caller's account. */
  public record Make(Caller caller, NewApiKey wish, Device device, String requestId) {}

  /** Revoke a key of the caller's, with its sockets. */
  public record Revoke(Actor actor, UUID keyId) {}

  /**
   * A key to store.
   *
   * @param hash SHA-256 of the key's text
   * @param expiresAt null for never
   * @param madeIn the session that makes it, which must still live
   */
  public record Row(
      UUID id,
      byte[] hash,
      String name,
      List<Scope> scopes,
      Instant expiresAt,
      Device device,
      UUID madeIn,
      Actor actor) {}
}
