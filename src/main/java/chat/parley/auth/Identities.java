package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.AccountInvites;
import chat.parley.model.Oidc;
import chat.parley.model.RegistrationMode;
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

  /** A server is open to its first, unless there is another way for them. */
  Future<SignInMethods> methods() {
    SignInMethods.Provider provider =
        options.oidc() == null ? null : new SignInMethods.Provider(options.oidc().name());
    return bus.ask(Addresses.REGISTRATION_GET, AccountInvites.Entry.by(options.registration()))
        .map(state -> state.first() ? RegistrationMode.OPEN : state.mode())
        .map(mode -> new SignInMethods(mode, true, hasPasskeys(), provider));
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
