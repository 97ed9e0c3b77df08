package chat.parley.persistence;

import chat.parley.bus.Problem;

/** How rooms may be called, and what may be said of them. */
final class RoomText {
  private static final int MAX_NAME = 80;
  private static final int MAX_TOPIC = 500;

  private RoomText() {}

  /** The name without blanks around it; names may repeat. */
  static String name(String wish) {
    String name = wish == null ? "" : wish.strip();
    if (name.isEmpty()) {
      throw Problem.INVALID.at("/name", "give the room a name");
    }
    require(name, MAX_NAME, "/name");
    return name;
  }

  /** Likewise; null when nothing is left of it. */
  static String topic(String wish) {
    String topic = wish.strip();
    require(topic, MAX_TOPIC, "/topic");
    return topic.isEmpty() ? null : topic;
  }

  private static void require(String text, int most, String pointer) {
    if (text.codePointCount(0, text.length()) > most
        || text.chars().anyMatch(Character::isISOControl)) {
      throw Problem.INVALID.at(
          pointer, "at most " + most + " characters, and no control characters");
    }
  }
}
