package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is asked about proofs beside the password, first of the auth service, then by it of the
 * database: codes of an authenticator app, recovery codes, passkeys.
 */
public final class Factors {
  private Factors() {}

  // Asked of the auth service.

  /** Somebody about their own account. */
  public record Ask(Caller caller, String requestId) {}

  /** The same, with a code from their app. */
  public record WithCode(Caller caller, String code, String requestId) {
    @Override
    public String toString() {
      return "WithCode[" + caller + "]";
    }
  }

  /**
   * What an account has beside its password.
   *
   * @param totp whether signing in by password asks for a code
   * @param recoveryCodes how many are left
   */
  public record Overview(boolean totp, int recoveryCodes, List<Passkey> passkeys) {}

  /** What an authenticator app is told, in base 32 and as a URI for a picture; shown once. */
  public record NewSecret(String secret, String uri) {
    @Override
    public String toString() {
      return "NewSecret[…]";
    }
  }

  /** Codes for when the app is lost, each good once; shown once. */
  public record RecoveryCodes(List<String> recoveryCodes) {
    @Override
    public String toString() {
      return "RecoveryCodes[" + recoveryCodes.size() + "]";
    }
  }

  /** A key that a browser or phone holds, as its owner sees it. */
  public record Passkey(UUID id, String name, Instant createdAt, Instant lastUsedAt) {}

  /**
   * What a browser is to be given for a passkey.
   *
   * @param challengeId comes back with what the passkey made of it
   * @param publicKey options in the JSON form of WebAuthn
   */
  public record Ceremony(String challengeId, Map<String, Object> publicKey) {}

  /**
   * What a passkey has made of a challenge.
   *
   * @param credential the browser's {@code PublicKeyCredential}, in the JSON form of WebAuthn
   * @param origin under which the server was asked, as {@code http://localhost:8080}
   */
  public record Signed(String challengeId, Map<String, Object> credential, String origin) {
    @Override
    public String toString() {
      return "Signed[…]";
    }
  }

  /** Begin to make a passkey. */
  public record Begin(Caller caller, String origin) {}

  /** Keep the passkey that a browser has made. */
  public record Add(Caller caller, String name, Signed made, String requestId) {}

  /** Sign in by passkey. */
  public record SignIn(Signed signed, Device device, String requestId) {}

  /** Forget a passkey of one's own. */
  public record Remove(Caller caller, UUID passkeyId, String requestId) {}

  // Asked of the database by the auth service.

  /** A secret that is to be confirmed by a first code, encrypted. */
  public record NewTotp(Actor actor, byte[] secret) {}

  /**
   * An app's secret, encrypted.
   *
   * @param confirmed whether codes are asked for; else it waits for the first one
   * @param lastStep the time step of the code used last
   */
  public record Totp(byte[] secret, boolean confirmed, long lastStep) {}

  /** Confirm a secret by the code of this step, with hashes of the first recovery codes. */
  public record ConfirmTotp(Actor actor, byte[] secret, long step, List<byte[]> recoveryHashes) {}

  /** Use the code of a time step; what is not newer than the last one used does not count. */
  public record SpendStep(Actor actor, long step) {}

  /** Use a recovery code. */
  public record SpendRecoveryCode(Actor actor, byte[] hash) {}

  /** Put new recovery codes in the place of all old ones. */
  public record NewRecoveryCodes(Actor actor, List<byte[]> hashes) {}

  /**
   * A passkey as it is checked.
   *
   * @param publicKey in COSE form
   * @param signCount as of its last use
   */
  public record StoredPasskey(UUID userId, byte[] credentialId, byte[] publicKey, long signCount) {}

  /** Whose a passkey is. */
  public record Owner(User user, boolean disabled) {}

  /** A challenge that has been answered rightly and is not taken again. */
  public record Answered(byte[] challenge, Instant expiresAt) {}

  /** A new passkey of the actor's. */
  public record NewPasskey(
      Actor actor,
      UUID id,
      String name,
      byte[] credentialId,
      byte[] publicKey,
      long signCount,
      Answered answered) {}

  /**
   * A use of a passkey, with the count it signed.
   *
   * @param ownerId whose it has to be; null for anybody's
   */
  public record UsePasskey(
      byte[] credentialId, UUID ownerId, long signCount, Answered answered, String requestId) {}

  /** Forget a passkey of the actor's. */
  public record DeletePasskey(Actor actor, UUID id) {}
}
