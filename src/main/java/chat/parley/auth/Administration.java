package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Caller;
import chat.parley.model.ManagedUser;
import chat.parley.model.Role;
import io.vertx.core.Future;

/**
 * What administrators change about accounts; it counts here before they are answered, and on the
 * other nodes as soon as they hear of it.
 */
final class Administration {
  private final Bus bus;
  private final Confirmations confirmations;
  private final EndedSessions ended;

  Administration(Bus bus, Confirmations confirmations, EndedSessions ended) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.ended = ended;
  }

  /** Fails with NOT_FOUND, also for whoever is no administrator, CONFIRM_FIRST or CONFLICT. */
  Future<ManagedUser> change(Accounts.ChangeUser wish) {
    requireAdmin(wish.caller());
    return confirmations
        .requireFresh(wish.caller())
        .compose(fresh -> bus.ask(Addresses.USERS_CHANGE, wish))
        .map(this::announced);
  }

  /** Throws NOT_FOUND: for others there is nothing here. */
  static void requireAdmin(Caller caller) {
    if (caller.user().role() != Role.ADMIN) {
      throw Problem.NOT_FOUND.failure();
    }
  }

  private ManagedUser announced(Accounts.Changed changed) {
    ended.add(changed.endedSessions());
    Accounts.AccountChanged news = new Accounts.AccountChanged(changed.user().user().id());
    bus.publish(Addresses.ACCOUNT_CHANGED, "", news);
    return changed.user();
  }
}
