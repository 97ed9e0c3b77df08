package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.AccountChanged;
import io.vertx.core.Future;

/**
 * People who delete their accounts: with a fresh proof only. Their sessions are over on this node
 * before the answer is on its way; that they leave their rooms goes on behind it.
 */
final class Departures {
  private final Bus bus;
  private final Confirmations confirmations;
  private final EndedSessions ended;

  Departures(Bus bus, Confirmations confirmations, EndedSessions ended) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.ended = ended;
  }

  Future<Void> depart(Accounts.Depart ask) {
    Accounts.Departure departure =
        new Accounts.Departure(ask.caller().actor(ask.requestId()), ask.removeMessages());
    return confirmations
        .requireFresh(ask.caller())
        .compose(fresh -> bus.ask(Addresses.USERS_DEPART, departure))
        .onSuccess(ended::add)
        .onSuccess(
            gone ->
                bus.publish(
                    Addresses.ACCOUNT_CHANGED, "", new AccountChanged(ask.caller().userId())))
        .mapEmpty();
  }
}
