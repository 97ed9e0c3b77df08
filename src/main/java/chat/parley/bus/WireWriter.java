package chat.parley.bus;

import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;

/** Components one after the other; what has no fixed length is led by its length. */
final class WireWriter {
  private final Buffer bytes = Buffer.buffer(256);

  WireWriter put(byte value) {
    bytes.appendByte(value);
    return this;
  }

  WireWriter put(boolean value) {
    return put((byte) (value ? 1 : 0));
  }

  WireWriter put(long value) {
    bytes.appendLong(value);
    return this;
  }

  WireWriter put(UUID id) {
    return put(id.getMostSignificantBits()).put(id.getLeastSignificantBits());
  }

  WireWriter maybe(UUID id) {
    put(id != null);
    return id == null ? this : put(id);
  }

  WireWriter put(byte[] text) {
    bytes.appendInt(text.length).appendBytes(text);
    return this;
  }

  <E> void all(Collection<E> elements, Consumer<E> writer) {
    bytes.appendInt(elements.size());
    elements.forEach(writer);
  }

  Buffer bytes() {
    return bytes;
  }
}
