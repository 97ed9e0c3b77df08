package chat.parley.bus;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads what {@link WireWriter} wrote; throws {@link RuntimeException} at the first thing that
 * cannot be so. A length that lies makes nobody allocate: it is held against what is left.
 */
final class WireReader {
  private final Buffer bytes;
  private int at;

  WireReader(Buffer bytes) {
    this.bytes = bytes;
  }

  byte number8() {
    return bytes.getByte(skip(1));
  }

  boolean truth() {
    return number8() != 0;
  }

  long number() {
    return bytes.getLong(skip(8));
  }

  UUID id() {
    return new UUID(number(), number());
  }

  UUID maybeId() {
    return truth() ? id() : null;
  }

  byte[] text() {
    int length = length();
    int from = skip(length);
    return bytes.getBytes(from, from + length);
  }

  <E> List<E> all(Supplier<E> reader) {
    int size = length();
    List<E> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(reader.get());
    }
    return elements;
  }

  /** Each element has a byte at least. */
  private int length() {
    int length = bytes.getInt(skip(4));
    if (length < 0 || length > bytes.length() - at) {
      throw new IllegalArgumentException("longer than it is");
    }
    return length;
  }

  private int skip(int count) {
    int from = at;
    if (count > bytes.length() - from) {
      throw new IllegalArgumentException("cut off");
    }
    at += count;
    return from;
  }

  void end() {
    if (at != bytes.length()) {
      throw new IllegalArgumentException("followed by something");
    }
  }
}
