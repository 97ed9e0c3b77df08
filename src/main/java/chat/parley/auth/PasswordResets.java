package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Actor;
import chat.parley.model.Fold;
import chat.parley.model.Recovery;
import chat.parley.model.Recovery.FindLink;
import chat.parley.model.Recovery.Purpose;
import io.vertx.core.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets people back in who forgot their password. Asking is answered before anything is looked up,
 * so neither the answer nor its time tells whether an address is known here. Used on one event
 * loop.
 */
final class PasswordResets {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordResets.class);

  /** How many may be looked up at a time; beyond it all are sent away alike. */
  private static final int SEATS = 256;

  private final Semaphore seats = new Semaphore(SEATS);
  private final Bus bus;
  private final Passwords passwords;
  private final MailLinks links;
  private final EndedSessions ended;

  PasswordResets(Bus bus, Passwords passwords, MailLinks links, EndedSessions ended) {
    this.bus = bus;
    this.passwords = passwords;
    this.links = links;
    this.ended = ended;
  }

  /**
   * Fails for what is no address, and while the database is away: nobody should wait for a letter
   * that will not come.
   */
  Future<Void> ask(Recovery.AskReset ask) {
    String address = Names.address(ask.email());
    return bus.ask(Addresses.DATABASE_PING, null)
        .map(
            there -> {
              if (!seats.tryAcquire()) {
                throw Problem.UNAVAILABLE.retryAfter(1, "Too many people ask right now");
              }
              send(Fold.key(address), ask.actor());
              return null;
            });
  }

  private void send(String emailKey, Actor actor) {
    String requestId = actor.requestId();
    bus.ask(Addresses.PASSWORDS_ASK_RESET, new Recovery.NewReset(emailKey, links.next(), actor))
        .onComplete(done -> seats.release())
        .onFailure(
            cause ->
                LOG.atWarn()
                    .addKeyValue("requestId", requestId)
                    .log("{}: no letter was written: {}", requestId, cause.toString()));
  }

  /**
   * Sets the password and ends every session; nobody is signed in by it. Fails with LINK_INVALID,
   * or INVALID for a password that may not be chosen, which leaves the link as it was.
   */
  Future<Void> confirm(Recovery.Reset ask) {
    if (!Secrets.isOurs(ask.token())) {
      return Future.failedFuture(Problem.LINK_INVALID.failure());
    }
    byte[] link = Secrets.hash(ask.token());
    return bus.ask(Addresses.LINKS_FIND, new FindLink(Purpose.PASSWORD, link))
        .map(userId -> userId.orElseThrow(Problem.LINK_INVALID::failure))
        .compose(userId -> bus.ask(Addresses.USERS_ME, userId))
        .compose(account -> hash(account, ask.password()))
        .map(hash -> new Recovery.ResetPassword(link, hash, ask.actor()))
        .compose(wish -> bus.ask(Addresses.PASSWORDS_RESET, wish))
        .onSuccess(ended::add)
        .mapEmpty();
  }

  private Future<String> hash(Account account, String password) {
    PasswordRules.require(password, Names.of(account));
    return passwords.hash(password);
  }
}
