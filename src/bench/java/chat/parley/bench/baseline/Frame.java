package chat.parley.bench.baseline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** WebSocket text frames, prepared. */
final class Frame {
  private Frame() {}

  static byte[] rec(String address, JsonObject body) {
    return new JsonObject()
        .put("type", "rec")
        .put("address", address)
        .put("body", body)
        .encode()
        .getBytes(StandardCharsets.UTF_8);
  }

  static ByteBuf of(Iterable<byte[]> payloads) {
    ByteBuf frames = Unpooled.directBuffer(4096);
    for (byte[] payload : payloads) {
      frames.writeByte(0x81);
      if (payload.length < 126) {
        frames.writeByte(payload.length);
      } else {
        frames.writeByte(126).writeShort(payload.length);
      }
      frames.writeBytes(payload);
    }
    return frames;
  }
}
