package chat.parley.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Recovery codes: ten a set, 80 random bits each, as {@code k3m7-9qzx-…} for people to copy by
 * hand. Kept as a keyed hash of owner and code only.
 */
final class SpareCodes {
  static final int SET = 10;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** 32 signs without those that look alike (Crockford). */
  private static final String SIGNS = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final int LENGTH = 16;
  private static final Pattern CODE = Pattern.compile("[" + SIGNS + "]{" + LENGTH + "}");

  private final byte[] key;

  SpareCodes(byte[] key) {
    this.key = key.clone();
  }

  static List<String> nextSet() {
    return Stream.generate(SpareCodes::next).limit(SET).toList();
  }

  private static String next() {
    StringBuilder code = new StringBuilder();
    IntStream.range(0, LENGTH)
        .forEach(
            i ->
                code.append(i > 0 && i % 4 == 0 ? "-" : "")
                    .append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length()))));
    return code.toString();
  }

  /** Whether it could be one, however it was typed. */
  static boolean isOne(String typed) {
    return CODE.matcher(bare(typed)).matches();
  }

  byte[] hash(String typed, UUID owner) {
    return Keys.hmac(key, (owner + " " + bare(typed)).getBytes(StandardCharsets.UTF_8));
  }

  List<byte[]> hashes(List<String> codes, UUID owner) {
    return codes.stream().map(code -> hash(code, owner)).toList();
  }

  private static String bare(String typed) {
    return typed
        .replaceAll("[\\s-]", "")
        .toLowerCase(Locale.ROOT)
        .replace('o', '0')
        .replace('i', '1')
        .replace('l', '1');
  }
}
