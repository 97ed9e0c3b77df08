package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Oidc;
import chat.parley.model.SignInMethods;
import io.vertx.core.Future;

/** How one can sign in here, and by whom one is known elsewhere. */
final class Identities {
  private final Bus bus;
  private final Confirmations confirmations;
  private final AuthVerticle.Options options;

  Identities(Bus bus, Confirmations confirmations, AuthVerticle.Options options) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.options = options;
  }

  /** A closed server is open to its first. */
  Future<SignInMethods> methods() {
    SignInMethods.Provider provider =
        options.oidc() == null ? null : new SignInMethods.Provider(options.oidc().name());
    Future<Boolean> open =
        options.registrationOpen()
            ? Future.succeededFuture(true)
            : bus.ask(Addresses.USERS_ANY, null).map(any -> !any);
    return open.map(
        isOpen -> new SignInMethods(isOpen ? "open" : "closed", true, hasPasskeys(), provider));
  }

  private boolean hasPasskeys() {
    return options.proofs().passkeys() && new PasskeySite(options.proofs().publicUrl()).exists();
  }

  /** Fails with CONFIRM_FIRST without a fresh proof, CONFLICT for the last way in. */
  Future<Void> remove(Oidc.Remove wish) {
    return confirmations
        .requireFresh(wish.caller())
        .compose(fresh -> bus.ask(Addresses.IDENTITIES_REMOVE, wish));
  }
}
