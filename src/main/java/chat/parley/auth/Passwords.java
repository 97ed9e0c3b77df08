package chat.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.bus.Problem;
import chat.parley.model.Fold;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Argon2id (19 MiB, 2 passes, 1 lane) on threads of its own: about 30–60 ms and 19 MiB a hash, as
 * many at a time as there are workers. Who comes when the waiting room is full is sent away at
 * once, so a login storm never stalls chat.
 */
final class Passwords {
  /** How many may wait or be hashed: about two seconds of work on two cores. */
  static final int SEATS = 64;

  /** After so long without one the memory of hashes is given back. */
  private static final long REST_MS = 60_000;

  /**
   * A hash of these parameters that no password has: an unknown name costs what a known one costs.
   */
  private static final String NOBODYS =
      "$argon2id$v=19$m=19456,t=2,p=1$bm8gYWNjb3VudCBoZXJl$bm9ib2R5IGtub3dzIHdoYXQgd291bGQgZ2l2ZSB0aGk";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  private final WorkerExecutor workers;
  private final Semaphore seats;
  private final Argon2id argon2 = new Argon2id();
  private volatile boolean used;

  Passwords(Vertx vertx, int threads, int seats) {
    this.seats = new Semaphore(seats);
    this.workers = vertx.createSharedWorkerExecutor("parley-passwords", threads);
    vertx.setPeriodic(REST_MS, tick -> rest());
  }

  /** The PHC string of a password, with a fresh salt. */
  Future<String> hash(String password) {
    return seated(() -> argon2.hash(bytes(password), salt()));
  }

  /** Whether the password gives the hash; without a hash always false, at the same cost. */
  Future<Boolean> matches(String password, Optional<String> hash) {
    return seated(
        () -> {
          boolean equal = argon2.matches(bytes(password), hash.orElse(NOBODYS));
          return equal && hash.isPresent();
        });
  }

  /** Normalised, as the same letters come from keyboards in several spellings. */
  private static byte[] bytes(String password) {
    return Fold.nfkc(password).getBytes(UTF_8);
  }

  private static byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return salt;
  }

  private void rest() {
    if (!used) {
      argon2.rest();
    }
    used = false;
  }

  private <T> Future<T> seated(Callable<T> work) {
    if (!seats.tryAcquire()) {
      return Future.failedFuture(
          Problem.UNAVAILABLE.retryAfter(1, "Too many people are signing in right now"));
    }
    used = true;
    return workers.executeBlocking(work, false).onComplete(done -> seats.release());
  }
}
