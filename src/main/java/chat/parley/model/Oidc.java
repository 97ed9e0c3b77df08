package chat.parley.model;

import java.util.UUID;

/**
 * What is asked about signing in by OpenID Connect, first of the auth service, then by it of the
 * database.
 */
public final class Oidc {
  private Oidc() {}

  // Asked of the auth service.

  /**
   * Send a browser to the provider.
   *
   * @param redirectUri where the provider sends it back to
   * @param linking whose account the identity is to be added to; null to sign in
   */
  public record Begin(String redirectUri, Caller linking) {}

  /**
   * Where to send the browser, and what it must bring back.
   *
   * @param cookie sealed: all that is known of this sign-in
   */
  public record Begun(String location, String cookie) {
    @Override
    public String toString() {
      return "Begun[…]";
    }
  }

  /**
   * A browser is back from the provider.
   *
   * @param cookie what it was sent away with
   * @param issuer who says that it sent the browser (RFC 9207); null when it does not say
   */
  public record Finish(
      String cookie, String state, String code, String issuer, Device device, String requestId) {
    @Override
    public String toString() {
      return "Finish[…]";
    }
  }

  // Asked of the database.

  /** Who the provider says it is. */
  public record Subject(String issuer, String subject, String name) {}

  /**
   * Find somebody's account, or make it.
   *
   * @param account the one to make when there is none; its e-mail address is verified
   */
  public record Enter(Subject subject, Accounts.NewAccount account) {}

  /** Add an identity to the actor's account. */
  public record Link(Actor actor, Subject subject) {}

  /** Take an identity from an account. */
  public record Remove(Caller caller, UUID identityId, String requestId) {}
}
