package chat.parley.history;

import java.util.List;

/**
 * One thing that a client did, was told or saw; {@code at} is the harness's own clock in
 * nanoseconds. A message is (room, seq); {@code conn} is {@code device/number} for a socket and
 * {@code device/rest} for REST; {@code hash} stands for the text, and is null where there are no
 * words (any more).
 */
public sealed interface Fact {
  long at();

  /** What belongs to a room. */
  sealed interface InRoom extends Fact {
    String room();
  }

  /** Which way a row came: pushed, by sync, by a page, or as the answer to one's own request. */
  enum Via {
    LIVE,
    RESUME,
    HISTORY,
    ANSWER
  }

  /** One attempt to send a message; {@code id} names the attempt. */
  record SendInvoke(
      long at, long id, String conn, String who, String room, String clientId, String hash)
      implements InRoom {}

  /** The attempt was acknowledged. */
  record SendOk(long at, long id, String room, long seq, long version) implements InRoom {}

  /** The attempt was refused for good, with a status of 400 to 499. */
  record SendFail(long at, long id, String room, int status) implements InRoom {}

  /** Nobody knows what became of the attempt: 503, time-out, closed. */
  record SendUnknown(long at, long id, String room, String why) implements InRoom {}

  /**
   * One attempt of {@code who} to make a message of their own say something else, or (no {@code
   * hash}) nothing any more; {@code id} names the attempt.
   */
  record ReviseInvoke(long at, long id, String conn, String who, String room, long seq, String hash)
      implements InRoom {
    boolean isDeletion() {
      return hash == null;
    }
  }

  /** The attempt was acknowledged; the message is at {@code version} by it. */
  record ReviseOk(long at, long id, String room, long version) implements InRoom {}

  /** The attempt was refused for good. */
  record ReviseFail(long at, long id, String room, int status) implements InRoom {}

  /** Nobody knows what became of the attempt. */
  record ReviseUnknown(long at, long id, String room, String why) implements InRoom {}

  /** A message that was seen; {@code askedAt} is when it was asked for, if it was. */
  record Received(
      long at,
      long askedAt,
      String conn,
      String who,
      String room,
      long version,
      Message message,
      Via via)
      implements InRoom {}

  /** The parts of a message that are compared. */
  record Message(long seq, long version, String sender, String clientId, String hash) {
    boolean isTombstone() {
      return hash == null;
    }

    /** Whether it is the same message, whatever it says by now. */
    boolean isSame(Message other) {
      return seq == other.seq && sender.equals(other.sender) && clientId.equals(other.clientId);
    }
  }

  /** Another lasting event that was seen, of a member ({@code whom}) or of the room itself. */
  record Changed(
      long at,
      String conn,
      String who,
      String room,
      long version,
      String kind,
      String whom,
      boolean gone,
      Via via)
      implements InRoom {}

  /** The socket hears the room from this head on. */
  record Subscribed(long at, String conn, String who, String room, long version, long lastSeq)
      implements InRoom {}

  /** The socket asked to hear no more, or was told that its person is gone. */
  record Unsubscribed(long at, String conn, String who, String room) implements InRoom {}

  /** A head that came later, unasked or in a pong: "more than I have means that I should sync". */
  record HeadTold(long at, String conn, String room, long version, long lastSeq)
      implements InRoom {}

  /**
   * One page of a sync: it says what is between {@code since} and {@code until} in the room as it
   * was at {@code version}.
   *
   * @param versions of its messages
   */
  record Resumed(
      long at,
      long invokedAt,
      String conn,
      String who,
      String room,
      long since,
      long until,
      long version,
      long lastSeq,
      List<Long> versions)
      implements InRoom {}

  /** A REST answer that tells the room's last seq: a page, or the list of rooms. */
  record HeadRead(long at, long invokedAt, String who, String room, long lastSeq)
      implements InRoom {}

  /** The device believes that it knows everything up to this head. */
  record CaughtUp(long at, String device, String who, String room, long version, long lastSeq)
      implements InRoom {}

  /** The whole room, read from one node after everything had come to rest. */
  record Scanned(long at, String node, String room, long lastSeq, List<Message> messages)
      implements InRoom {}

  /** From now on nobody sees here what was said before they came. */
  record Guarded(long at, String room) implements InRoom {}

  /** Somebody is about to be added. */
  record Adding(long at, String whom, String room) implements InRoom {}

  /** The addition was answered; {@code version} is the room's. */
  record Added(long at, String whom, String room, long version) implements InRoom {}

  /** The removal was answered; it is this version of the room. */
  record Removed(long at, String whom, String room, long version) implements InRoom {}

  /** A read mark was answered. */
  record ReadMarked(long at, long invokedAt, String who, String room, long asked, long readSeq)
      implements InRoom {}

  /** The reader's place in a room at rest. */
  record PlaceAtRest(long at, String who, String room, long lastSeq, long readSeq, long unread)
      implements InRoom {}

  /** Somebody tells that they type. */
  record Typing(long at, String who, String room) implements InRoom {}

  /** A socket hears that somebody types. */
  record TypingHeard(long at, String conn, String who, String room, String by) implements InRoom {}

  /** A socket hears that somebody came or went. */
  record PresenceHeard(
      long at, String conn, String who, String room, String whom, boolean online, int count)
      implements InRoom {}

  /** A socket is told who is here. */
  record PresenceSeen(long at, String conn, String who, String room, List<String> online, int count)
      implements InRoom {}

  /** A request or frame that must be answered. */
  record Asked(long at, long id, String conn, String what) implements Fact {}

  /** Its answer; 0 when the connection closed instead. */
  record Answered(long at, long id, int status) implements Fact {}

  /** A socket is open, by right of a session. */
  record Opened(long at, String conn, String who, String session, String node) implements Fact {}

  /** A socket is closed, by whichever side. */
  record Closed(long at, String conn, int code) implements Fact {}

  /** The end of a session was acknowledged. */
  record SessionOver(long at, String session) implements Fact {}

  /** Credentials of a session were used. */
  record CredentialUsed(long at, long invokedAt, String session, String what, int status)
      implements Fact {}

  /** A refresh token was used; {@code child} is the next one, if any. */
  record Refreshed(long at, long invokedAt, String session, String token, int status, String child)
      implements Fact {}

  /** A fault begins. */
  record FaultStart(long at, String what) implements Fact {}

  /** It is healed: the server says that it is ready. */
  record FaultStop(long at, String what) implements Fact {}
}
