package chat.parley.auth;

import io.vertx.core.Future;
import io.vertx.ext.auth.otp.Authenticator;
import io.vertx.ext.auth.otp.OtpCredentials;
import io.vertx.ext.auth.otp.OtpKey;
import io.vertx.ext.auth.otp.OtpKeyGenerator;
import io.vertx.ext.auth.otp.hotp.HotpAuth;
import io.vertx.ext.auth.otp.hotp.HotpAuthOptions;
import io.vertx.ext.auth.otp.totp.TotpAuth;
import java.time.Clock;
import java.util.Optional;

/**
 * The six digits of authenticator apps (RFC 6238): a code is that of a step of thirty seconds, of
 * the present one or of its neighbours.
 */
final class AppCodes {
  private static final String ISSUER = "Parley";
  private static final long STEP_SECONDS = 30;

  /** The first step that is tried, and two more. */
  private static final HotpAuthOptions THREE_STEPS = new HotpAuthOptions().setLookAheadWindow(2);

  private final Clock clock;

  AppCodes(Clock clock) {
    this.clock = clock;
  }

  /** 160 random bits in base 32. */
  static String nextSecret() {
    return OtpKeyGenerator.create().generate().getKey();
  }

  /** What an app reads from a picture. */
  static String uri(String secret, String username) {
    return TotpAuth.create().generateUri(key(secret), ISSUER, username);
  }

  /** The step that the code is of; empty when it is of none that counts now. */
  Future<Optional<Long>> stepOf(String code, String secret) {
    // HOTP begins one after its counter, so this is the step before the present one.
    Authenticator app =
        new Authenticator()
            .setKey(secret)
            .setAlgorithm("SHA1")
            .setCounter(clock.instant().getEpochSecond() / STEP_SECONDS - 2);
    return HotpAuth.create(THREE_STEPS)
        .authenticatorFetcher(who -> Future.succeededFuture(app))
        .authenticatorUpdater(matched -> Future.succeededFuture())
        .authenticate(new OtpCredentials("app", code))
        .map(right -> Optional.of(app.getCounter()))
        .otherwise(Optional.empty());
  }

  private static OtpKey key(String secret) {
    return new OtpKey().setKey(secret).setAlgorithm("SHA1");
  }
}
