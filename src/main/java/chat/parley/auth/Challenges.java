package chat.parley.auth;

import chat.parley.model.Factors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What passkeys are to sign, good for five minutes. None is stored when it is given out, so that
 * asking for many fills nothing: the id holds its end and 128 random bits, and the challenge is a
 * keyed hash of the purpose and the id, which nobody else can make and every node can make again.
 */
final class Challenges {
  /** What nobody has a passkey sign for anything else. */
  static final String SIGN_IN = "sign in";

  static final Duration LIFE = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 16;
  private static final int ID_BYTES = Long.BYTES + RANDOM_BYTES;

  /** {@code bytes} is signed; the id is how it is called until then. */
  record Challenge(String id, byte[] bytes, Instant expiresAt) {
    String text() {
      return Secrets.text(bytes);
    }

    Factors.Answered answered() {
      return new Factors.Answered(bytes, expiresAt);
    }
  }

  private final byte[] key;
  private final Clock clock;

  Challenges(byte[] key, Clock clock) {
    this.key = key.clone();
    this.clock = clock;
  }

  Challenge next(String purpose) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    long end = clock.instant().plus(LIFE).toEpochMilli();
    return of(purpose, ByteBuffer.allocate(ID_BYTES).putLong(end).put(random).array());
  }

  /** The challenge of an id; empty when it is too old, or no id of ours. */
  Optional<Challenge> find(String purpose, String id) {
    return parsed(id)
        .map(bytes -> of(purpose, bytes))
        .filter(found -> found.expiresAt().isAfter(clock.instant()));
  }

  private static Optional<byte[]> parsed(String id) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(id)).filter(b -> b.length == ID_BYTES);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private Challenge of(String purpose, byte[] id) {
    String name = Secrets.text(id);
    byte[] challenge = Keys.hmac(key, (purpose + "\n" + name).getBytes(StandardCharsets.UTF_8));
    return new Challenge(name, challenge, Instant.ofEpochMilli(ByteBuffer.wrap(id).getLong()));
  }
}
