package chat.parley.history;

import java.util.List;

/**
 * One thing that a client did, was told or saw; {@code at} is the harness's own clock in
 * nanoseconds. A message is (room, seq); {@code conn} is {@code device/number} for a socket and
 * {@code device/rest} for REST; {@code hash} stands for the text.
 */
public sealed interface Fact {
  long at();

  /** What belongs to a room. */
  sealed interface InRoom extends Fact {
    String room();
  }

  /** Which way a row came: pushed, by sync, or by a page. */
  enum Via {
    LIVE,
    RESUME,
    HISTORY
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

  /** A message that was seen. */
  record Received(
      long at, String conn, String who, String room, long version, Message message, Via via)
      implements InRoom {}

  /** The parts of a message that are compared. */
  record Message(long seq, long version, String sender, String clientId, String hash) {}

  /** Another lasting event that was seen: a member ({@code whom}) or the room itself. */
  record Changed(
      long at,
      String conn,
      String who,
      String room,
      long version,
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

  /** A whole sync, all pages: the versions of its messages and the head of the last page. */
  record Resumed(
      long at,
      long invokedAt,
      String conn,
      String who,
      String room,
      long since,
      long version,
      long lastSeq,
      List<Long> versions)
      implements InRoom {}

  /** A REST answer that tells the room's last seq: a page, or the list of rooms. */
  record HeadRead(long at, long invokedAt, String who, String room, long lastSeq)
      implements InRoom {}

  /** The device believes that it knows everything up to this head. */
  record CaughtUp(long at, String device, String who, String room, long lastSeq)
      implements InRoom {}

  /** The whole room, read from one node after everything had come to rest. */
  record Scanned(long at, String node, String room, long lastSeq, List<Message> messages)
      implements InRoom {}

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
