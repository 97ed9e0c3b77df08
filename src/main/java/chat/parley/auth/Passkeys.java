package chat.parley.auth;

import chat.parley.auth.Challenges.Challenge;
import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Factors;
import chat.parley.model.Ids;
import chat.parley.model.User;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passkeys: made, kept, used, forgotten. All but forgetting fails with NOT_FOUND where there can be
 * none.
 */
final class Passkeys {
  private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
  private static final int LONGEST_NAME = 64;

  private final Bus bus;
  private final PasskeySite site;
  private final boolean offered;
  private final Challenges challenges;
  private Future<WebAuthn> webAuthn;

  Passkeys(Bus bus, Keys keys, AuthVerticle.Proofs proofs, Clock clock) {
    this.bus = bus;
    this.site = new PasskeySite(proofs.publicUrl());
    this.offered = proofs.passkeys() && site.exists();
    this.challenges = new Challenges(keys.challenges(), clock);
  }

  /** Made when it is first needed: many servers never do, and starts are to be short. */
  private Future<WebAuthn> webAuthn() {
    if (webAuthn == null || webAuthn.failed()) {
      webAuthn = bus.vertx().executeBlocking(() -> new WebAuthn(bus, site.id()));
    }
    return webAuthn;
  }

  private String requireOrigin(String asked) {
    return site.origin(asked)
        .filter(origin -> offered)
        .orElseThrow(
            () -> Problem.NOT_FOUND.because("Passkeys need https and a name, or localhost"));
  }

  /** What the caller's browser is to make a passkey from. */
  Future<Factors.Ceremony> begin(Factors.Begin ask) {
    requireOrigin(ask.origin());
    User user = ask.caller().user();
    Challenge challenge = challenges.next(making(user.id()));
    return webAuthn()
        .compose(ready -> ready.makingOptions(user, challenge))
        .map(options -> new Factors.Ceremony(challenge.id(), options));
  }

  /** What any browser is to have signed. */
  Future<Factors.Ceremony> options(String origin) {
    requireOrigin(origin);
    Challenge challenge = challenges.next(Challenges.SIGN_IN);
    return webAuthn()
        .compose(ready -> ready.signingOptions(challenge))
        .map(options -> new Factors.Ceremony(challenge.id(), options));
  }

  /** Keeps what was made; fails with INVALID at what is wrong with it. */
  Future<Factors.Passkey> add(Factors.Add ask) {
    String origin = requireOrigin(ask.made().origin());
    String name = named(ask.name());
    UUID owner = ask.caller().userId();
    Challenge challenge =
        challenges
            .find(making(owner), ask.made().challengeId())
            .orElseThrow(() -> Problem.INVALID.at("/challengeId", "is too old, or not ours"));
    return webAuthn()
        .compose(ready -> ready.made(ask.made(), challenge, origin, owner))
        .recover(cause -> Future.failedFuture(told(cause, wrongCredential())))
        .compose(
            made ->
                bus.ask(
                    Addresses.PASSKEYS_CREATE,
                    new Factors.NewPasskey(
                        ask.caller().actor(ask.requestId()),
                        Ids.next(),
                        name,
                        made.credentialId(),
                        made.publicKey(),
                        made.signCount(),
                        challenge.answered())));
  }

  /**
   * Whose passkey has signed; each challenge counts once. Fails with BAD_CREDENTIALS, whatever is
   * wrong.
   *
   * @param ownerId whose it has to be; null for anybody's
   */
  Future<Factors.Owner> prove(Factors.Signed signed, UUID ownerId, String requestId) {
    String origin = requireOrigin(signed.origin());
    Challenge challenge =
        challenges
            .find(Challenges.SIGN_IN, signed.challengeId())
            .orElseThrow(Passkeys::badCredentials);
    return webAuthn()
        .compose(ready -> ready.signed(signed, challenge, origin))
        .recover(cause -> Future.failedFuture(told(cause, badCredentials())))
        .compose(
            proved ->
                bus.ask(
                    Addresses.PASSKEYS_USE,
                    new Factors.UsePasskey(
                        proved.credentialId(),
                        ownerId,
                        proved.signCount(),
                        challenge.answered(),
                        requestId)))
        .map(owner -> owner.orElseThrow(Passkeys::badCredentials));
  }

  Future<Void> remove(Factors.Remove ask) {
    return bus.ask(
        Addresses.PASSKEYS_REMOVE,
        new Factors.DeletePasskey(ask.caller().actor(ask.requestId()), ask.passkeyId()));
  }

  private static String making(UUID userId) {
    return "make for " + userId;
  }

  private static String named(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty()
        || Letters.length(stripped) > LONGEST_NAME
        || !stripped.codePoints().allMatch(Letters::printable)) {
      throw Problem.INVALID.at("/name", "has 1 to " + LONGEST_NAME + " printable characters");
    }
    return stripped;
  }

  /** Our own failures as they are; every other is a passkey that is not right, and says no more. */
  private static Throwable told(Throwable cause, Failure refusal) {
    Throwable real =
        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    if (real instanceof Failure) {
      return real;
    }
    if (real instanceof MaliciousCounterValueException) {
      LOG.warn("A passkey was refused: its counter did not rise, so it is a copy or a replay");
    } else {
      LOG.info("A passkey was refused: {}", real.getClass().getSimpleName());
    }
    return refusal;
  }

  private static Failure wrongCredential() {
    return Problem.INVALID.at("/credential", "was not made here and for this");
  }

  private static Failure badCredentials() {
    return Problem.BAD_CREDENTIALS.because("This passkey opens no account here");
  }
}
