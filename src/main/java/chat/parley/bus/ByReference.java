package chat.parley.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands immutable records over the local bus as they are: no copy, no JSON. Nothing that uses it
 * leaves its node.
 */
final class ByReference implements MessageCodec<Object, Object> {
  static final String NAME = "parley.by-reference";

  @Override
  public Object transform(Object record) {
    return record;
  }

  @Override
  public void encodeToWire(Buffer wire, Object record) {
    throw new UnsupportedOperationException(record.getClass() + " does not leave its node");
  }

  @Override
  public Object decodeFromWire(int position, Buffer wire) {
    throw new UnsupportedOperationException("nothing of this kind arrives from another node");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
