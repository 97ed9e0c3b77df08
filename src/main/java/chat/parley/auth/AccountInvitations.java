package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.AccountInvite;
import chat.parley.model.AccountInvites;
import chat.parley.model.Ids;
import chat.parley.model.RegistrationMode;
import chat.parley.model.Role;
import io.vertx.core.Future;

/**
 * Who may make an account: what administrators say, and their links. Tokens are made here, told
 * once, and known to the database by their hash.
 */
final class AccountInvitations {
  private final Bus bus;
  private final Confirmations confirmations;
  private final RegistrationMode fixed;

  /** {@code fixed} is what the start said; null when it did not. */
  AccountInvitations(Bus bus, Confirmations confirmations, RegistrationMode fixed) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.fixed = fixed;
  }

  Future<AccountInvites.State> state() {
    return bus.ask(Addresses.REGISTRATION_GET, AccountInvites.Entry.by(fixed));
  }

  /** Fails with FORBIDDEN, CONFIRM_FIRST, or CONFLICT when the start has said so. */
  Future<AccountInvites.State> change(AccountInvites.SetMode wish) {
    if (fixed != null) {
      throw Problem.CONFLICT.because("It was set at the start, by --registration, and stays so");
    }
    return confirmations
        .requireAdmin(wish.caller())
        .compose(
            may ->
                bus.ask(
                    Addresses.REGISTRATION_CHANGE,
                    new AccountInvites.NewMode(
                        wish.caller().actor(wish.requestId()), wish.mode())));
  }

  /** Fails with FORBIDDEN, CONFIRM_FIRST or CONFLICT; no key makes administrators. */
  Future<AccountInvite> make(AccountInvites.Make ask) {
    if (ask.caller().isKey() && ask.wish().roleOrUser() == Role.ADMIN) {
      throw Problem.SCOPE_MISSING.because("No key may do this: sign in");
    }
    String token = Secrets.next();
    AccountInvites.Row row =
        new AccountInvites.Row(
            Ids.next(), Secrets.hash(token), ask.wish(), ask.caller().actor(ask.requestId()));
    return confirmations
        .requireAdmin(ask.caller())
        .compose(may -> bus.ask(Addresses.ACCOUNT_INVITES_CREATE, row))
        .map(made -> made.withToken(token, ask.place()));
  }

  /** Fails with FORBIDDEN, CONFIRM_FIRST or NOT_FOUND. */
  Future<Void> revoke(AccountInvites.Revoke ask) {
    return confirmations
        .requireAdmin(ask.caller())
        .compose(
            may ->
                bus.ask(
                    Addresses.ACCOUNT_INVITES_REVOKE,
                    new AccountInvites.End(ask.caller().actor(ask.requestId()), ask.id())));
  }

  /** Fails with NOT_FOUND, whatever it is that is wrong with the link. */
  Future<AccountInvites.Offer> look(String token) {
    if (!Secrets.isOurs(token)) {
      throw Problem.NOT_FOUND.failure();
    }
    return bus.ask(Addresses.ACCOUNT_INVITES_LOOK, Secrets.hash(token));
  }
}
