package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Recovery;
import chat.parley.model.Recovery.ChangePassword;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import io.vertx.core.Future;

/**
 * Changes passwords. Every session of the account ends, the caller's too, since nobody knows who
 * else sits in one; who changed the password gets a new one.
 */
final class PasswordChanges {
  private final Bus bus;
  private final Passwords passwords;
  private final Confirmations confirmations;
  private final Entrances entrances;
  private final EndedSessions ended;

  PasswordChanges(
      Bus bus,
      Passwords passwords,
      Confirmations confirmations,
      Entrances entrances,
      EndedSessions ended) {
    this.bus = bus;
    this.passwords = passwords;
    this.confirmations = confirmations;
    this.entrances = entrances;
    this.ended = ended;
  }

  Future<Tokens> program(ChangePassword ask) {
    return change(ask)
        .compose(done -> entrances.program(again(ask), ask.device(), ask.requestId()));
  }

  Future<SiteSession> site(ChangePassword ask) {
    return change(ask).compose(done -> entrances.site(again(ask), ask.device(), ask.requestId()));
  }

  /** It is no sign-in. */
  private static Proved again(ChangePassword ask) {
    return new Proved(ask.caller().user(), null, null);
  }

  /** Fails with FORBIDDEN at {@code /current}, or INVALID at {@code /password}. */
  private Future<Void> change(ChangePassword ask) {
    return confirmations
        .requirePassword(ask.caller(), ask.current(), ask.requestId())
        .compose(right -> bus.ask(Addresses.USERS_ME, ask.caller().userId()))
        .compose(
            account -> {
              PasswordRules.require(ask.password(), Names.of(account));
              return passwords.hash(ask.password());
            })
        .map(hash -> new Recovery.SetPassword(ask.caller().actor(ask.requestId()), hash))
        .compose(wish -> bus.ask(Addresses.PASSWORDS_CHANGE, wish))
        .onSuccess(ended::add)
        .mapEmpty();
  }
}
