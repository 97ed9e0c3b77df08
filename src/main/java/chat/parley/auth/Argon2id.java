package chat.parley.auth;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with 19 MiB, 2 passes and 1 lane, in the PHC string form: about 20–40 ms a
 * hash. The memory of a hash is used again by the next, or a storm of sign-ins would be a storm of
 * garbage; {@link #rest} lets go of it.
 */
final class Argon2id {
  private static final int KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LENGTH = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

  private final Queue<FixedBlockPool> memory = new ConcurrentLinkedQueue<>();

  String hash(byte[] password, byte[] salt) {
    byte[] hash = compute(password, parameters(KIB, PASSES, 1, salt), LENGTH);
    return "$argon2id$v=19$m=" + KIB + ",t=" + PASSES + ",p=1$" + text(salt) + '$' + text(hash);
  }

  /** Of whatever strength the hash was made with; what is no such hash matches nothing. */
  boolean matches(byte[] password, String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      return false;
    }
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    Argon2Parameters.Builder parameters =
        parameters(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            Base64.getDecoder().decode(parts.group(4)));
    return MessageDigest.isEqual(expected, compute(password, parameters, expected.length));
  }

  /** Gives the memory back that hashes have used. */
  void rest() {
    memory.clear();
  }

  private byte[] compute(byte[] password, Argon2Parameters.Builder parameters, int length) {
    FixedBlockPool known = memory.poll();
    FixedBlockPool pool = known == null ? new FixedBlockPool(KIB) : known;
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters.withBlockPool(pool).build());
    byte[] hash = new byte[length];
    generator.generateBytes(password, hash);
    memory.add(pool);
    return hash;
  }

  private static Argon2Parameters.Builder parameters(int kib, int passes, int lanes, byte[] salt) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(kib)
        .withIterations(passes)
        .withParallelism(lanes)
        .withSalt(salt);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
