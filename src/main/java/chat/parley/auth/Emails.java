package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Fold;
import chat.parley.model.Recovery;
import io.vertx.core.Future;
import java.util.UUID;

/** Addresses that letters go to: one counts for its account once a link sent there was used. */
final class Emails {
  private final Bus bus;
  private final Confirmations confirmations;
  private final MailLinks links;

  Emails(Bus bus, Confirmations confirmations, MailLinks links) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.links = links;
  }

  /**
   * Sends a link to the new address; until it is used nothing changes. Fails with FORBIDDEN at
   * {@code /current}; whether somebody else has the address makes no difference.
   */
  Future<Void> change(Recovery.ChangeEmail ask) {
    String address = Names.address(ask.email());
    Recovery.NewEmail wish =
        new Recovery.NewEmail(
            ask.caller().actor(ask.requestId()), address, Fold.key(address), links.next());
    return confirmations
        .requirePassword(ask.caller(), ask.current(), ask.requestId())
        .compose(right -> bus.ask(Addresses.EMAILS_ASK, wish))
        .onSuccess(asked -> changed(ask.caller().userId()));
  }

  /** Sends the link again; fails with CONFLICT when no address lacks a proof. */
  Future<Void> sendAgain(Recovery.VerifyEmail ask) {
    return bus.ask(
        Addresses.EMAILS_PROVE,
        new Recovery.ProveEmail(ask.caller().actor(ask.requestId()), links.next()));
  }

  /** Fails with LINK_INVALID. */
  Future<Void> confirm(Recovery.ConfirmEmail ask) {
    return !Secrets.isOurs(ask.token())
        ? Future.failedFuture(Problem.LINK_INVALID.failure())
        : bus.ask(
                Addresses.EMAILS_CONFIRM,
                new Recovery.ProvedEmail(Secrets.hash(ask.token()), ask.actor()))
            .onSuccess(this::changed)
            .mapEmpty();
  }

  private void changed(UUID userId) {
    bus.publish(Addresses.ACCOUNT_CHANGED, "", new AccountChanged(userId));
  }
}
