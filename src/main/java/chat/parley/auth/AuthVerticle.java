package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.RegistrationMode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;

/**
 * The auth service: accounts, passwords, sessions, tokens, tickets, and who is speaking. Deploy it
 * once a node and after persistence, of which it asks what lasts; its start fails while sessions
 * that ended cannot be read.
 */
public final class AuthVerticle extends VerticleBase {
  /**
   * What the service is told.
   *
   * @param secret at least 32 bytes, the same on all nodes, from which every key derives
   * @param issuer who issues access tokens; servers that share a secret by accident differ here
   * @param registration who may make an account; null for whoever administrators let
   * @param accessLife of an access token
   * @param sessionLife of a session, whatever is done with it
   * @param oidc who else vouches for people; null for nobody
   * @param hashWorkers how many passwords are hashed at a time
   * @param proofs what people may have beside a password
   */
  public record Options(
      byte[] secret,
      String issuer,
      RegistrationMode registration,
      Duration accessLife,
      Duration sessionLife,
      OidcOptions oidc,
      int hashWorkers,
      Clock clock,
      Proofs proofs) {

    /** Registration as administrators say, 15 minutes, 30 days, a worker a core. */
    public static Options defaults(byte[] secret) {
      return new Options(
          secret,
          "parley",
          null,
          Duration.ofMinutes(15),
          Duration.ofDays(30),
          null,
          Runtime.getRuntime().availableProcessors(),
          Clock.systemUTC(),
          new Proofs("", true, true));
    }

    public Options withRegistration(RegistrationMode mode) {
      return new Options(
          secret, issuer, mode, accessLife, sessionLife, oidc, hashWorkers, clock, proofs);
    }

    public Options withAccessLife(Duration life) {
      return new Options(
          secret, issuer, registration, life, sessionLife, oidc, hashWorkers, clock, proofs);
    }

    public Options withOidc(OidcOptions provider) {
      return new Options(
          secret,
          issuer,
          registration,
          accessLife,
          sessionLife,
          provider,
          hashWorkers,
          clock,
          proofs);
    }

    public Options withClock(Clock other) {
      return new Options(
          secret, issuer, registration, accessLife, sessionLife, oidc, hashWorkers, other, proofs);
    }

    public Options withProofs(Proofs other) {
      return new Options(
          secret, issuer, registration, accessLife, sessionLife, oidc, hashWorkers, clock, other);
    }

    @Override
    public String toString() {
      return "Options[issuer=" + issuer + "]";
    }
  }

  /**
   * What people may have beside a password.
   *
   * @param publicUrl how browsers reach this server, for which passkeys are made; empty for
   *     localhost
   * @param secondFactor whether codes may be switched on; who has them on is asked in any case
   * @param passkeys whether there are any
   */
  public record Proofs(String publicUrl, boolean secondFactor, boolean passkeys) {}

  private static final long POLL_MS = 1_000;

  private final Options options;

  /** Throws {@link IllegalArgumentException} when the secret has less than 32 bytes. */
  public AuthVerticle(Options options) {
    this.options = options;
    Keys.requireLong(options.secret());
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    EndedSessions ended = new EndedSessions(bus, options);
    // Beside the rest, and before anybody chooses a password.
    vertx.executeBlocking(CommonPasswords::load);
    return ended
        .load()
        .onSuccess(
            loaded -> {
              new AuthServices(vertx, bus, options, ended).serve();
              bus.hear(Addresses.SESSIONS_ENDED, "", over -> ended.heard(over.sessionIds()));
              vertx.setPeriodic(POLL_MS, tick -> ended.poll());
            });
  }
}
