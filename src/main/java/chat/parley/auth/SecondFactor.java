package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.Factors;
import chat.parley.model.Factors.Totp;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Codes beside the password: sets an app up, asks for its codes or a recovery code, and takes each
 * once. Whoever calls has seen a right password or a fresh session first.
 */
final class SecondFactor {
  private final Bus bus;
  private final boolean offered;
  private final AppCodes codes;
  private final Seal seal;
  private final SpareCodes spare;

  SecondFactor(Bus bus, Keys keys, AuthVerticle.Options options) {
    this.bus = bus;
    this.offered = options.proofs().secondFactor();
    this.codes = new AppCodes(options.clock());
    this.seal = new Seal(keys.authenticatorSecrets());
    this.spare = new SpareCodes(keys.recoveryCodes());
  }

  /**
   * Whether the account asks for no code, or this is one. Fails with SECOND_FACTOR_REQUIRED when
   * there is none, TOO_MANY_REQUESTS when there were too many wrong ones.
   */
  Future<Boolean> passes(Actor account, String code) {
    return inForce(account)
        .compose(
            totp -> {
              if (totp.isEmpty()) {
                return Future.succeededFuture(true);
              }
              return code == null
                  ? Future.failedFuture(Problem.SECOND_FACTOR_REQUIRED.failure())
                  : matches(account, code, totp.get());
            });
  }

  /** Whether this is a code of the account; never when it has no app. */
  Future<Boolean> matches(Actor account, String code) {
    return inForce(account)
        .compose(
            totp ->
                totp.isEmpty()
                    ? Future.succeededFuture(false)
                    : matches(account, code, totp.get()));
  }

  private Future<Boolean> matches(Actor account, String code, Totp totp) {
    return bus.ask(Addresses.TOTP_TRY, account)
        .compose(
            counted ->
                SpareCodes.isOne(code)
                    ? bus.ask(
                        Addresses.RECOVERY_CODES_SPEND,
                        new Factors.SpendRecoveryCode(account, spare.hash(code, account.userId())))
                    : spendStep(account, code, totp));
  }

  private Future<Boolean> spendStep(Actor account, String code, Totp totp) {
    return stepOf(account, code, totp)
        .compose(
            step ->
                step.isEmpty()
                    ? Future.succeededFuture(false)
                    : bus.ask(Addresses.TOTP_SPEND, new Factors.SpendStep(account, step.get())));
  }

  private Future<Optional<Long>> stepOf(Actor account, String code, Totp totp) {
    return codes.stepOf(code.replaceAll("\\s", ""), opened(totp, account));
  }

  /** Throws for what the server's secret of now did not seal. */
  private String opened(Totp totp, Actor account) {
    return seal.open(account.userId(), totp.secret())
        .map(secret -> new String(secret, StandardCharsets.US_ASCII))
        .orElseThrow(() -> new IllegalStateException("A stored secret cannot be opened"));
  }

  private Future<Optional<Totp>> inForce(Actor account) {
    return bus.ask(Addresses.TOTP_GET, account.userId()).map(totp -> totp.filter(Totp::confirmed));
  }

  /**
   * A secret for an app, which counts for nothing until a first code confirms it. Fails with
   * NOT_FOUND where codes are not offered.
   */
  Future<Factors.NewSecret> setUp(Factors.Ask ask) {
    if (!offered) {
      throw Problem.NOT_FOUND.because("This server offers no codes");
    }
    String secret = AppCodes.nextSecret();
    Actor actor = ask.caller().actor(ask.requestId());
    return bus.ask(
            Addresses.TOTP_CREATE,
            new Factors.NewTotp(
                actor, seal.close(actor.userId(), secret.getBytes(StandardCharsets.US_ASCII))))
        .map(
            made ->
                new Factors.NewSecret(
                    secret, AppCodes.uri(secret, ask.caller().user().username())));
  }

  /** From now on codes are asked for; gives the first recovery codes. */
  Future<Factors.RecoveryCodes> confirm(Factors.WithCode ask) {
    Actor actor = ask.caller().actor(ask.requestId());
    return bus.ask(Addresses.TOTP_GET, actor.userId())
        .compose(
            totp -> {
              if (totp.isEmpty() || totp.get().confirmed()) {
                throw Problem.CONFLICT.because("There is nothing to confirm: set it up first");
              }
              return stepOf(actor, ask.code(), totp.get())
                  .compose(step -> switchOn(actor, totp.get(), step));
            });
  }

  private Future<Factors.RecoveryCodes> switchOn(Actor actor, Totp totp, Optional<Long> step) {
    if (step.isEmpty()) {
      throw Problem.INVALID.at("/code", "is not the code of now; is the phone's clock right?");
    }
    List<String> set = SpareCodes.nextSet();
    return bus.ask(
            Addresses.TOTP_CONFIRM,
            new Factors.ConfirmTotp(
                actor, totp.secret(), step.get(), spare.hashes(set, actor.userId())))
        .map(new Factors.RecoveryCodes(set));
  }

  Future<Void> remove(Factors.Ask ask) {
    return bus.ask(Addresses.TOTP_REMOVE, ask.caller().actor(ask.requestId()));
  }

  /** New recovery codes; the old ones open nothing any more. */
  Future<Factors.RecoveryCodes> renewRecoveryCodes(Factors.Ask ask) {
    List<String> set = SpareCodes.nextSet();
    Actor actor = ask.caller().actor(ask.requestId());
    return bus.ask(
            Addresses.RECOVERY_CODES_REPLACE,
            new Factors.NewRecoveryCodes(actor, spare.hashes(set, actor.userId())))
        .map(new Factors.RecoveryCodes(set));
  }
}
