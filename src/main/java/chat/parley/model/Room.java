package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A room. In an event the reader's own part is absent, so that every reader gets the same bytes.
 *
 * @param name null in a direct room
 * @param topic null for none
 * @param avatarUrl null for no picture
 * @param archivedAt when it was closed for reading only; null unless it is
 * @param retentionDays after how many days messages are deleted; null for never
 * @param lastSeq what moves without this row changing is absent in events: its readers count for
 *     themselves
 * @param memberCount likewise
 * @param members the two people of a direct room, else null
 * @param me the reader's place in the room; null in events and for those who are not in it
 * @param lastMessage null in events and in an empty room
 */
public record Room(
    UUID id,
    RoomKind kind,
    String name,
    String topic,
    String avatarUrl,
    Instant archivedAt,
    RoomPosting posting,
    RoomHistory history,
    Integer retentionDays,
    long version,
    Long lastSeq,
    Integer memberCount,
    List<Person> members,
    MyPlace me,
    Message lastMessage) {

  /** A room as it is made. */
  public static Room made(
      UUID id, RoomKind kind, String name, long version, List<Person> people, MyPlace me) {
    return new Room(
        id,
        kind,
        name,
        null,
        null,
        null,
        RoomPosting.MEMBERS,
        RoomHistory.ALL,
        null,
        version,
        0L,
        people.size(),
        kind == RoomKind.DIRECT ? people : null,
        me,
        null);
  }

  /** The same at another version, with so many people in it. */
  public Room at(long newVersion, int newMemberCount) {
    return new Room(
        id,
        kind,
        name,
        topic,
        avatarUrl,
        archivedAt,
        posting,
        history,
        retentionDays,
        newVersion,
        lastSeq,
        newMemberCount,
        members,
        me,
        lastMessage);
  }

  /** What an event says of it: the row alone, as it is since {@code changedAt}. */
  public Room alone(long changedAt) {
    return new Room(
        id,
        kind,
        name,
        topic,
        avatarUrl,
        archivedAt,
        posting,
        history,
        retentionDays,
        changedAt,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * The reader's own part.
   *
   * @param unread {@code lastSeq - readSeq}
   * @param mentions how many of the unread call the reader
   * @param markedUnread true when the reader wants to come back to the room, else null
   * @param pinnedAt when the reader put it on top; null unless they did
   * @param hiddenSeq it is hidden while this is the last seq; null when it is not
   * @param fromSeq nothing before this seq is theirs to see; null when everything is
   */
  public record MyPlace(
      MemberRole role,
      long readSeq,
      long unread,
      long mentions,
      Boolean markedUnread,
      NotifyLevel notifications,
      Instant pinnedAt,
      Long hiddenSeq,
      Long fromSeq) {

    /** Of somebody who has chosen nothing. */
    public static MyPlace plain(MemberRole role, long readSeq, long unread) {
      return new MyPlace(role, readSeq, unread, 0, null, NotifyLevel.ALL, null, null, null);
    }
  }
}
