package chat.parley.realtime;

import chat.parley.model.Attachment;
import chat.parley.model.Ids;
import chat.parley.model.Json;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client sent, as the bridge protocol has it; what is absent, or not of the kind it must be,
 * is null. Read in one pass without a tree, O(length).
 */
final class ClientFrame {
  private static final int MAX_REPLY_ADDRESS = 200;

  private String type;
  private String address;
  private final List<String> addresses = new ArrayList<>(1);
  private String replyAddress;
  private String token;
  private boolean wellFormed = true;
  private Body body;
  private boolean pong;

  /**
   * What a send asks a room for.
   *
   * @param type null unless it is a text, as with the others
   * @param seq null unless it is a whole number that a long holds
   * @param replyTo 0 when it is there and no such number: a message says nothing other than meant
   * @param threadOf likewise
   * @param attachments null when they are there and are not as they must be
   * @param token only of a script's {@code auth}
   */
  record Body(
      String type,
      String clientId,
      String text,
      Long seq,
      Long replyTo,
      Long threadOf,
      List<UUID> attachments,
      String token) {

    Body(String type, String clientId, String text, Long seq, Long replyTo, Long threadOf) {
      this(type, clientId, text, seq, replyTo, threadOf, List.of(), null);
    }

    private Body withId(String id) {
      return new Body(type, id, text, seq, replyTo, threadOf, attachments, token);
    }
  }

  private ClientFrame() {}

  /** Empty when the text is not one JSON object. */
  static Optional<ClientFrame> read(String text) {
    try (JsonParser json = Json.parser(text)) {
      ClientFrame frame = new ClientFrame();
      return json.nextToken() == JsonToken.START_OBJECT
              && frame.readFields(json)
              && json.nextToken() == null
          ? Optional.of(frame)
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * What a script says without a frame: a body for the room at {@code address} (null for none), a
   * {@code ping}, or an {@code auth}. A message without an id gets one here; its answer comes to
   * {@code replyPrefix} and the id. Empty when the text is not one JSON object.
   */
  static Optional<ClientFrame> bare(String text, String address, String replyPrefix) {
    Optional<ClientFrame> read = read("{\"body\":" + text + "}");
    if (read.isEmpty() || read.get().body == null) {
      return Optional.empty();
    }
    ClientFrame frame = read.get();
    Body said = frame.body;
    boolean framed = "ping".equals(said.type()) || Frames.AUTH.equals(said.type());
    frame.type = framed ? said.type() : said.type() == null ? null : "send";
    frame.token = said.token();
    frame.pong = true;
    frame.address = address;
    if ("message".equals(said.type())) {
      frame.body = said.clientId() == null ? said.withId(Ids.next().toString()) : said;
      frame.replyAddress = replyPrefix + frame.body.clientId();
    } else {
      frame.replyAddress = said.type();
    }
    return Optional.of(frame);
  }

  private boolean readFields(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "type" -> type = text(json);
        case "address" -> address = text(json);
        case "addresses" -> readAddresses(json);
        case "replyAddress" -> readReplyAddress(json);
        case "token" -> token = text(json);
        case "headers" -> {
          wellFormed &= value == JsonToken.START_OBJECT || value == JsonToken.VALUE_NULL;
          json.skipChildren();
        }
        case "body" -> body = readBody(json);
        case "pong" -> pong = value == JsonToken.VALUE_TRUE;
        default -> json.skipChildren();
      }
    }
    return true;
  }

  /** The text; null for anything else, which is passed over. */
  private static String text(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  private void readAddresses(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        String each = text(json);
        addresses.add(each == null ? "" : each);
      }
    } else {
      json.skipChildren();
    }
  }

  private void readReplyAddress(JsonParser json) throws IOException {
    boolean given = json.currentToken() != JsonToken.VALUE_NULL;
    replyAddress = text(json);
    boolean usable =
        replyAddress != null
            && !replyAddress.isEmpty()
            && replyAddress.length() <= MAX_REPLY_ADDRESS;
    wellFormed &= !given || usable;
  }

  private static Body readBody(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    String type = null;
    String clientId = null;
    String text = null;
    Long seq = null;
    Long replyTo = null;
    Long threadOf = null;
    List<UUID> attachments = List.of();
    String token = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "type" -> type = text(json);
        case "clientId" -> clientId = text(json);
        case "text" -> text = text(json);
        case "seq" -> seq = number(json);
        case "replyTo" -> replyTo = seq(json);
        case "threadOf" -> threadOf = seq(json);
        case "attachments" -> attachments = ids(json);
        case "token" -> token = text(json);
        default -> json.skipChildren();
      }
    }
    return new Body(type, clientId, text, seq, replyTo, threadOf, attachments, token);
  }

  /** Files, each once; null for anything else. */
  private static List<UUID> ids(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return null;
    }
    List<UUID> ids = new ArrayList<>();
    boolean right = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      UUID id = exactUuid(text(json));
      right &= id != null && ids.size() < Attachment.MOST && !ids.contains(id);
      if (right) {
        ids.add(id);
      }
    }
    return right ? ids : null;
  }

  /** Null for none, 0 for what is none. */
  private static Long seq(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    Long number = number(json);
    return number == null ? (Long) 0L : number;
  }

  private static Long number(JsonParser json) throws IOException {
    boolean fits =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (fits) {
      return json.getLongValue();
    }
    json.skipChildren();
    return null;
  }

  String type() {
    return type;
  }

  String address() {
    return address;
  }

  /** Our own client's list of addresses; empty when there is none. */
  List<String> addresses() {
    return addresses;
  }

  String replyAddress() {
    return replyAddress;
  }

  /** What an {@code auth} proves itself with; never logged. */
  String token() {
    return token;
  }

  /** False when the headers or the reply address are not what they must be. */
  boolean isWellFormed() {
    return wellFormed;
  }

  Body body() {
    return body;
  }

  /** Whether a ping asks for a pong. */
  boolean wantsPong() {
    return pong;
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
    if (text == null) {
      return null;
    }
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? id : null;
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
