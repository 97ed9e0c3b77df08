package chat.parley.auth;

import chat.parley.bus.Problem;
import chat.parley.model.Media;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/**
 * Tokens that open one file as one person sees it, for five minutes: who, until when, and a keyed
 * hash of that and the file. None is stored; what the person may see is looked up when one is used.
 */
final class MediaLinks {
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final int CLAIMS = 2 * Long.BYTES + Long.BYTES;
  private static final int LONGEST = 200;

  private final byte[] key;
  private final Clock clock;

  MediaLinks(Keys keys, Clock clock) {
    this.key = keys.mediaLinks();
    this.clock = clock;
  }

  Future<String> make(Media.Link wish) {
    ByteBuffer claims = ByteBuffer.allocate(CLAIMS);
    put(claims, wish.userId()).putLong(clock.instant().plus(LIFE).toEpochMilli());
    byte[] proof = proof(claims.array(), wish.mediaId());
    byte[] token =
        ByteBuffer.allocate(CLAIMS + proof.length).put(claims.array()).put(proof).array();
    return Future.succeededFuture(Secrets.text(token));
  }

  /** Whose link it is; NOT_FOUND, whatever is wrong with it. */
  Future<UUID> look(Media.Shown shown) {
    ByteBuffer token = ByteBuffer.wrap(parsed(shown.token()));
    if (token.remaining() <= CLAIMS) {
      return refused();
    }
    byte[] claims = new byte[CLAIMS];
    byte[] proof = new byte[token.remaining() - CLAIMS];
    token.get(claims).get(proof);
    ByteBuffer said = ByteBuffer.wrap(claims);
    UUID userId = new UUID(said.getLong(), said.getLong());
    boolean good =
        MessageDigest.isEqual(proof, proof(claims, shown.mediaId()))
            && clock.millis() < said.getLong();
    return good ? Future.succeededFuture(userId) : refused();
  }

  private byte[] proof(byte[] claims, UUID mediaId) {
    ByteBuffer text = ByteBuffer.allocate(CLAIMS + 2 * Long.BYTES).put(claims);
    return Keys.hmac(key, put(text, mediaId).array());
  }

  private static ByteBuffer put(ByteBuffer into, UUID id) {
    return into.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static byte[] parsed(String token) {
    try {
      return token.length() > LONGEST ? new byte[0] : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static Future<UUID> refused() {
    return Future.failedFuture(Problem.NOT_FOUND.failure());
  }
}
