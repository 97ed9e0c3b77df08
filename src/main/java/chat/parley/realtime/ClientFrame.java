package chat.parley.realtime;

import chat.parley.model.Json;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a client sent, as the bridge protocol has it; everything but the type may be absent. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClientFrame(
    String type,
    String address,
    List<String> addresses,
    String replyAddress,
    JsonNode headers,
    JsonNode body,
    boolean pong) {

  private static final int MAX_REPLY_ADDRESS = 200;

  /** Empty when the text is not such a frame. */
  static Optional<ClientFrame> read(String text) {
    try {
      return Optional.ofNullable(
          Json.read(text.getBytes(StandardCharsets.UTF_8), ClientFrame.class));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  boolean hasBadHeaders() {
    return headers != null && !headers.isObject() && !headers.isNull();
  }

  boolean hasBadReplyAddress() {
    return replyAddress != null
        && (replyAddress.isEmpty() || replyAddress.length() > MAX_REPLY_ADDRESS);
  }

  /** The id in {@code prefix<uuid>}, written exactly as we write it; null for anything else. */
  static UUID idIn(String address, String prefix) {
    if (address == null
        || address.length() != prefix.length() + 36
        || !address.startsWith(prefix)) {
      return null;
    }
    return exactUuid(address.substring(prefix.length()));
  }

  /** Null unless the text is a UUID in its one canonical form. */
  static UUID exactUuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? id : null;
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
