package chat.parley.testing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An app on somebody's phone, written from RFC 6238 and not from our code: what it shows at a time.
 */
public final class AuthenticatorApp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] key;
  private final Clock clock;

  public AuthenticatorApp(String secret, Clock clock) {
    this.key = decode(secret);
    this.clock = clock;
  }

  public AuthenticatorApp(String secret) {
    this(secret, Clock.systemUTC());
  }

  /** What it shows now. */
  public String code() {
    return code(0);
  }

  /** What it shows so many times thirty seconds from now. */
  public String code(long steps) {
    return at(clock.instant().getEpochSecond() / 30 + steps);
  }

  private String at(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(String base32) {
    ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
    int bits = 0;
    int buffer = 0;
    for (char sign : base32.toCharArray()) {
      buffer = buffer << 5 | BASE32.indexOf(sign);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (buffer >> bits));
        buffer &= (1 << bits) - 1;
      }
    }
    return bytes.array();
  }
}
