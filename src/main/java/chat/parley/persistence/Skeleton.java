package chat.parley.persistence;

import chat.parley.model.Fold;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * What a name looks like: two names whose skeletons are equal are taken for one another by a
 * reader, whatever script each is written in (UTS 39 §4). O(length · log of 6,000). The table is
 * that of ICU, read from its own file; reading takes a few milliseconds, once.
 */
final class Skeleton {
  private static final String TABLE = "com/ibm/icu/impl/data/icudata/confusables.cfu";
  private static final int MAGIC = 0x3845fdef;
  private static final int VERSION = 2;

  /** The first character of each entry, ascending. */
  private static final int[] KEYS;

  /** What each of them looks like. */
  private static final String[] LOOKS;

  static {
    ByteBuffer table = table();
    int count = table.getInt(16);
    KEYS = new int[count];
    LOOKS = new String[count];
    for (int i = 0; i < count; i++) {
      int key = table.getInt(table.getInt(12) + 4 * i);
      KEYS[i] = key & 0xffffff;
      LOOKS[i] = look(table, table.getChar(table.getInt(20) + 2 * i), (key >>> 24) + 1);
    }
  }

  private Skeleton() {}

  /**
   * Of a name in NFKC; case is folded last, so that a great I and a small l meet as they do in the
   * eye. The skeleton of unconfusable text is its {@link Fold#key}.
   */
  static String of(String name) {
    return Fold.key(looks(name));
  }

  /** The skeleton as UTS 39 has it, for text written from left to right. */
  static String looks(String text) {
    StringBuilder looks = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .forEach(
            c -> {
              int at = Arrays.binarySearch(KEYS, c);
              if (at < 0) {
                looks.appendCodePoint(c);
              } else {
                looks.append(LOOKS[at]);
              }
            });
    return Normalizer.normalize(looks, Normalizer.Form.NFD);
  }

  /** One unit stands in the table itself, more of them in its text. */
  private static String look(ByteBuffer table, char value, int length) {
    if (length == 1) {
      return Character.toString(value);
    }
    char[] units = new char[length];
    int text = table.getInt(28);
    for (int i = 0; i < length; i++) {
      units[i] = table.getChar(text + 2 * (value + i));
    }
    return new String(units);
  }

  /** Behind the header that all of ICU's data files have; offsets in the table count from there. */
  private static ByteBuffer table() {
    try (InputStream in = Skeleton.class.getClassLoader().getResourceAsStream(TABLE);
        DataInputStream data = new DataInputStream(in)) {
      int header = data.readUnsignedShort();
      data.skipNBytes(header - 2L);
      ByteBuffer table = ByteBuffer.wrap(data.readAllBytes());
      if (table.getInt(0) != MAGIC || table.get(4) != VERSION) {
        throw new IllegalStateException("ICU's table of confusables has another form");
      }
      return table;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
