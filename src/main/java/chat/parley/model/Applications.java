package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is asked about platforms that vouch for their people, and by them. */
public final class Applications {
  private Applications() {}

  // Asked of the auth service, by an administrator.

  /** Register a platform. */
  public record Make(Caller caller, String name, List<String> origins, String requestId) {}

  /**
   * Change a platform; null leaves a part as it is. Disabling ends the sessions of its people.
   *
   * @param name its name
   * @param origins whose pages may come with its tokens
   * @param disabled whether its tokens are refused
   */
  public record Change(
      Caller caller,
      UUID id,
      String name,
      List<String> origins,
      Boolean disabled,
      String requestId) {}

  /** Forget a platform and end the sessions of its people; their accounts stay. */
  public record Remove(Caller caller, UUID id, String requestId) {}

  /**
   * Add a key.
   *
   * @param publicKey PEM or JWK; null asks for a secret, to be made here
   */
  public record AddKey(Caller caller, UUID id, String publicKey, String requestId) {}

  /** Take a key back. */
  public record RemoveKey(Caller caller, UUID id, UUID keyId, String requestId) {}

  // Asked of the auth service, by anybody.

  /**
   * Let in whom a platform vouches for.
   *
   * @param origin the foreign page that asks; null for none, or our own
   */
  public record Exchange(String token, String origin, Device device, String requestId) {
    @Override
    public String toString() {
      return "Exchange[…]";
    }
  }

  // Asked of the database.

  /** A platform to store. */
  public record Row(UUID id, String name, List<String> origins, Actor actor) {}

  /** A change to store; null leaves a part as it is. */
  public record RowChange(
      UUID id, String name, List<String> origins, Boolean disabled, Actor actor) {}

  /** What a change came to, and the sessions that it ended. */
  public record Changed(Application application, List<UUID> endedSessions) {}

  /** One platform, and who asks. */
  public record Of(UUID id, Actor actor) {}

  /**
   * A key to store.
   *
   * @param material the public key (SubjectPublicKeyInfo), or the secret, sealed
   */
  public record KeyRow(
      UUID id, UUID applicationId, String algorithm, byte[] material, Actor actor) {}

  /** One key of a platform, and who asks. */
  public record KeyOf(UUID applicationId, UUID keyId, Actor actor) {}

  /** A key with its platform, to check a token by. */
  public record Signer(
      UUID keyId,
      UUID applicationId,
      String algorithm,
      byte[] material,
      List<String> origins,
      boolean disabled) {
    @Override
    public String toString() {
      return "Signer[" + keyId + ", " + algorithm + "]";
    }
  }

  /**
   * Spend a token that was found right, and find its person's account or make it.
   *
   * @param tokenHash of the token's id
   * @param spentUntil when the token is too old anyhow
   * @param account the account to make when there is none yet
   * @param isNamed whether the token says how the person is called
   */
  public record Admit(
      UUID applicationId,
      UUID keyId,
      String subject,
      byte[] tokenHash,
      Instant spentUntil,
      Accounts.NewAccount account,
      boolean isNamed) {}
}
