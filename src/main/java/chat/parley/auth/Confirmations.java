package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.ConfirmedWithin;
import chat.parley.model.Accounts.SessionConfirmed;
import chat.parley.model.Accounts.WithPassword;
import chat.parley.model.Act;
import chat.parley.model.Caller;
import chat.parley.model.Role;
import chat.parley.model.Scope;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether it is still the owner who sits there: what keeps an account is changed only by a session
 * that proved lately whose it is, by signing in, or by password, code or passkey once more.
 */
final class Confirmations {
  /** How long a proof is fresh. */
  static final Duration FRESH = Duration.ofMinutes(10);

  private final Bus bus;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final Passkeys passkeys;
  private final Refusals refusals;

  Confirmations(Bus bus, Passwords passwords, SecondFactor secondFactor, Passkeys passkeys) {
    this.bus = bus;
    this.refusals = new Refusals(bus);
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.passkeys = passkeys;
  }

  /** Takes one of the proofs as a fresh one; fails with FORBIDDEN at the one that is wrong. */
  Future<Void> confirm(Accounts.Confirm ask) {
    SessionConfirmed proof =
        new SessionConfirmed(ask.caller().actor(ask.requestId()), ask.caller().sessionId());
    return prove(ask).compose(right -> bus.ask(Addresses.SESSIONS_CONFIRM, proof));
  }

  private Future<Void> prove(Accounts.Confirm ask) {
    if (ask.passkey() != null) {
      return requirePasskey(ask);
    }
    return ask.code() != null
        ? requireCode(ask)
        : requirePassword(ask.caller(), ask.current(), ask.requestId());
  }

  private Future<Void> requireCode(Accounts.Confirm ask) {
    Future<Void> matched =
        secondFactor
            .matches(ask.caller().actor(ask.requestId()), ask.code())
            .map(
                matches -> {
                  if (!matches) {
                    throw Problem.FORBIDDEN.at("/code", "is not a code of now");
                  }
                  return null;
                });
    return noted(matched, ask.caller(), ask.requestId(), "code");
  }

  private Future<Void> requirePasskey(Accounts.Confirm ask) {
    Future<Void> proved =
        Future.succeededFuture(ask.passkey())
            .compose(signed -> passkeys.prove(signed, ask.caller().userId(), ask.requestId()))
            .<Void>mapEmpty()
            .recover(
                cause ->
                    Future.failedFuture(
                        cause instanceof Failure failure
                                && failure.problem() == Problem.BAD_CREDENTIALS
                            ? Problem.FORBIDDEN.at("/credential", "is no passkey of yours")
                            : cause));
    return noted(proved, ask.caller(), ask.requestId(), "passkey");
  }

  /** What {@code change} does, for a session with a fresh proof only. */
  <T> Future<T> whenFresh(Caller caller, Supplier<Future<T>> change) {
    return requireFresh(caller).compose(fresh -> change.get());
  }

  /**
   * Lets an administrator of this moment through who has a fresh proof, or a key with that scope:
   * making it asked for one. Fails with NOT_FOUND, SCOPE_MISSING or CONFIRM_FIRST.
   */
  Future<Void> requireAdmin(Caller caller) {
    return bus.ask(Addresses.USERS_BY_ID, caller.userId())
        .compose(
            account -> {
              requireRole(account);
              boolean byKey = caller.isKey() && caller.may(Scope.ADMIN);
              return byKey ? Future.succeededFuture() : requireFresh(caller);
            });
  }

  private static void requireRole(Optional<WithPassword> account) {
    if (account.isEmpty()
        || account.get().disabled()
        || account.get().user().role() != Role.ADMIN) {
      throw Problem.NOT_FOUND.failure();
    }
  }

  /**
   * Fails with CONFIRM_FIRST unless the caller's session has a fresh proof; a key never has one.
   */
  Future<Void> requireFresh(Caller caller) {
    if (caller.isKey()) {
      return Future.failedFuture(Problem.SCOPE_MISSING.failure());
    }
    return bus.ask(Addresses.SESSIONS_CONFIRMED, new ConfirmedWithin(caller.sessionId(), FRESH))
        .map(
            fresh -> {
              if (!fresh) {
                throw Problem.CONFIRM_FIRST.failure();
              }
              return null;
            });
  }

  /**
   * Fails with FORBIDDEN at {@code /current} unless this is the caller's password. Who has none has
   * to have signed in lately.
   */
  Future<Void> requirePassword(Caller caller, String current, String requestId) {
    return bus.ask(Addresses.USERS_BY_ID, caller.userId())
        .compose(
            account ->
                account.isPresent() && account.get().passwordHash() == null
                    ? requireFresh(caller)
                    : noted(
                        requireMatch(current, account.map(WithPassword::passwordHash)),
                        caller,
                        requestId,
                        "password"));
  }

  private Future<Void> noted(Future<Void> proof, Caller caller, String requestId, String by) {
    return refusals.noted(proof, Act.CONFIRM_FAILED, caller.actor(requestId), caller.userId(), by);
  }

  private Future<Void> requireMatch(String current, Optional<String> hash) {
    return passwords
        .matches(current == null ? "" : current, hash)
        .map(
            matches -> {
              if (!matches) {
                throw Problem.FORBIDDEN.at("/current", "is not your password");
              }
              return null;
            });
  }
}
