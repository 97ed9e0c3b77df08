package chat.parley.model;

/**
 * How one can sign in here.
 *
 * @param registration who may make an account
 * @param oidc null when no provider is set up
 */
public record SignInMethods(
    RegistrationMode registration, boolean passwordReset, boolean passkeys, Provider oidc) {
  /** A provider of OpenID Connect, by the name that its button has. */
  public record Provider(String name) {}
}
