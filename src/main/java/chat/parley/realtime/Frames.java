package chat.parley.realtime;

import chat.parley.bus.Failure;
import chat.parley.model.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The bytes of the bridge protocol: JSON frames, and how they travel as WebSocket text frames, raw
 * or in SockJS's manner.
 */
final class Frames {
  /** A client's frame with a newer token, and the answer to it. */
  static final String AUTH = "auth";

  private static final byte[] BODY = ",\"body\":".getBytes(StandardCharsets.UTF_8);

  private Frames() {}

  /**
   * {@code {"type":"rec","address":…,"body":…}}; the address needs no escaping, it is ours or was
   * matched.
   */
  static byte[] rec(String address, byte[] body) {
    byte[] head =
        ("{\"type\":\"rec\",\"address\":\"" + address + "\"").getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[head.length + BODY.length + body.length + 1];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(BODY, 0, frame, head.length, BODY.length);
    System.arraycopy(body, 0, frame, head.length + BODY.length, body.length);
    frame[frame.length - 1] = '}';
    return frame;
  }

  /** The answer to a send; the reply address is the client's, so it is escaped. */
  static byte[] reply(String replyAddress, Object body) {
    return Json.bytes(new Reply("rec", replyAddress, body));
  }

  /** A failure of a send or a registration, with the HTTP status of the same problem over REST. */
  static byte[] failure(String address, Failure failure) {
    String said = failure.detail() != null ? failure.detail() : failure.problem().title();
    return Json.bytes(
        new Err(
            "err",
            address,
            null,
            failure.problem().status(),
            "RECIPIENT_FAILURE",
            failure.fields().isEmpty() ? said : inWords(failure.fields().get(0)),
            failure.retryAfterSeconds() == 0 ? null : failure.retryAfterSeconds()));
  }

  /** Stock clients pass on nothing but one text: what is wrong first, then where. */
  private static String inWords(Failure.Field field) {
    return field.detail() + " (" + field.pointer() + ")";
  }

  /** An error that belongs to no address. */
  static byte[] error(String word) {
    return Json.bytes(new Err("err", null, word, null, null, null, null));
  }

  /** The answer to a newer token: until when the socket is open now. */
  static byte[] authenticated(Instant expiresAt) {
    return Json.bytes(new Authenticated(AUTH, expiresAt));
  }

  /** The last word before closing, for transports that hide the close code. */
  static byte[] closed(CloseCode code) {
    return Json.bytes(new Err("err", null, "closed", (int) code.code, null, code.reason, null));
  }

  /** One WebSocket text frame a payload, end to end. */
  static ByteBuf raw(List<byte[]> payloads) {
    int size = 0;
    for (byte[] payload : payloads) {
      size += headerSize(payload.length) + payload.length;
    }
    ByteBuf buffer = Unpooled.directBuffer(size);
    for (byte[] payload : payloads) {
      header(buffer, payload.length);
      buffer.writeBytes(payload);
    }
    return buffer;
  }

  /** One WebSocket text frame holding a SockJS array: {@code a["…","…"]}. */
  static ByteBuf sockJs(List<byte[]> payloads) {
    ByteBuf array = Unpooled.buffer(256);
    array.writeByte('a').writeByte('[');
    for (int i = 0; i < payloads.size(); i++) {
      array.writeByte(i == 0 ? '"' : ',');
      if (i > 0) {
        array.writeByte('"');
      }
      array.writeBytes(
          JsonStringEncoder.getInstance()
              .quoteAsUTF8(new String(payloads.get(i), StandardCharsets.UTF_8)));
      array.writeByte('"');
    }
    array.writeByte(']');
    ByteBuf buffer =
        Unpooled.directBuffer(headerSize(array.readableBytes()) + array.readableBytes());
    header(buffer, array.readableBytes());
    buffer.writeBytes(array);
    array.release();
    return buffer;
  }

  private static int headerSize(int length) {
    return length < 126 ? 2 : length < 65_536 ? 4 : 10;
  }

  /** RFC 6455 §5.2: final text frame, unmasked as servers send. */
  private static void header(ByteBuf buffer, int length) {
    buffer.writeByte(0x81);
    if (length < 126) {
      buffer.writeByte(length);
    } else if (length < 65_536) {
      buffer.writeByte(126).writeShort(length);
    } else {
      buffer.writeByte(127).writeLong(length);
    }
  }

  private record Authenticated(String type, Instant expiresAt) {}

  private record Reply(String type, String address, Object body) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Err(
      String type,
      String address,
      String body,
      Integer failureCode,
      String failureType,
      String message,
      Integer retryAfter) {}
}
