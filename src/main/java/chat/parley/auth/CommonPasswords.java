package chat.parley.auth;

import chat.parley.model.Fold;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The passwords that are tried first: 100,000 that leaked most often, of which those count that are
 * long enough to be chosen here. Kept as 64-bit hashes, 0.4 MB; a look-up costs O(length). Reading
 * the list takes a tenth of a second, once, so it is done ahead, see {@link #load}.
 */
final class CommonPasswords {
  private static final String LIST = "dictionaries/passwords.txt";

  /** FNV-1a: nobody gains by a collision, who has one only loses that one password. */
  private static final long OFFSET = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  private static final long[] HASHES = read();

  private CommonPasswords() {}

  /** Has the list ready. Blocks. */
  static Void load() {
    // Touching the class is all there is to do.
    return null;
  }

  /** {@code key} is a password after {@link Fold#key}. */
  static boolean contains(String key) {
    return Arrays.binarySearch(HASHES, hash(key)) >= 0;
  }

  private static long[] read() {
    try (InputStream in = CommonPasswords.class.getClassLoader().getResourceAsStream(LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.length() >= PasswordRules.SHORTEST)
          .mapToLong(line -> hash(Fold.key(line)))
          .sorted()
          .toArray();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static long hash(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }
}
