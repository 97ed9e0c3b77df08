package chat.parley.persistence;

import chat.parley.bus.Problem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * A place among the messages of several rooms, newest first; those before it are older. Opaque to
 * clients.
 */
record TimeCursor(Instant at, long roomKey, long seq) implements Comparable<TimeCursor> {
  static final TimeCursor END =
      new TimeCursor(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE, Long.MAX_VALUE);

  /** The end for null. */
  static TimeCursor read(String text) {
    if (text == null) {
      return END;
    }
    try {
      byte[] plain = Base64.getUrlDecoder().decode(text);
      String[] parts = new String(plain, StandardCharsets.UTF_8).split(" ", 4);
      Instant at = Instant.parse(parts[0]);
      return at.isAfter(END.at) || at.isBefore(Instant.EPOCH)
          ? refuse()
          : new TimeCursor(at, Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException no) {
      return refuse();
    }
  }

  private static TimeCursor refuse() {
    throw Problem.INVALID.at("before", "is not a cursor of this list");
  }

  String write() {
    String plain = at + " " + roomKey + " " + seq;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** The seq before which a room's messages at this moment are older than the place. */
  long seqIn(long room) {
    return room == roomKey ? seq : room < roomKey ? Long.MAX_VALUE : 0;
  }

  @Override
  public int compareTo(TimeCursor other) {
    int byTime = at.compareTo(other.at);
    int byRoom = byTime != 0 ? byTime : Long.compare(roomKey, other.roomKey);
    return byRoom != 0 ? byRoom : Long.compare(seq, other.seq);
  }
}
