package chat.parley.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By which what was written is known again. */
final class Sha256 {
  private final MessageDigest digest = begin();

  private static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** In hexadecimal digits; begins anew. */
  String end() {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(String text) {
    Sha256 sha = new Sha256();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.add(bytes, bytes.length);
    return sha.end();
  }
}
