package chat.parley.model;

import java.util.List;
import java.util.UUID;

/**
 * A room. In an event the reader's own part is absent, so that every reader gets the same bytes.
 *
 * @param name null in a direct room
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
    long version,
    Long lastSeq,
    Integer memberCount,
    List<Person> members,
    MyPlace me,
    Message lastMessage) {

  /** The reader's own role and read mark; {@code unread = lastSeq - readSeq}. */
  public record MyPlace(MemberRole role, long readSeq, long unread) {}
}
