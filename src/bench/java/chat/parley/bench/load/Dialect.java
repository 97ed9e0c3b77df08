package chat.parley.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * What a server wants to be told. All of them speak the JSON of the event bus bridge and answer in
 * frames of the same shape; the stock bridge differs in the address that takes messages, and in
 * that it does not answer a registration.
 */
public enum Dialect {
  PARLEY,
  STOCK;

  private static final String WORDS =
      " the quick brown fox jumps over the lazy dog, and five boxing wizards jump quickly past it";

  /** Where a decimal number of 12 digits stands in each frame. */
  static final String NUMBER = "000000000000";

  /** Registers at a room; every answer that says where it stands has {@code "lastSeq":}. */
  List<byte[]> join(String roomId) {
    String register = "{\"type\":\"register\",\"address\":\"room." + roomId + "\"}";
    String head =
        "{\"type\":\"send\",\"address\":\"head\",\"replyAddress\":\"h\",\"body\":{\"roomId\":\""
            + roomId
            + "\"}}";
    return this == PARLEY ? List.of(bytes(register)) : List.of(bytes(register), bytes(head));
  }

  /** A send to a room, with {@link #NUMBER} wherever the send's own number goes. */
  byte[] template(String roomId, int length) {
    String words = WORDS.repeat(length / WORDS.length() + 1);
    // Of one template all begin alike and then rise, as a client's own UUIDs of version 7 do.
    String clientId = UUID.randomUUID().toString().substring(0, 14) + "7000-8000-";
    return bytes(
        "{\"type\":\"send\",\"address\":\""
            + (this == PARLEY ? "room." + roomId : "post")
            + "\",\"replyAddress\":\"a"
            + NUMBER
            + "\",\"body\":{\"type\":\"message\","
            + (this == PARLEY ? "" : "\"roomId\":\"" + roomId + "\",")
            + "\"clientId\":\""
            + clientId
            + NUMBER
            + "\",\"text\":\""
            + NUMBER
            + words.substring(0, length - NUMBER.length())
            + "\"}}");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
