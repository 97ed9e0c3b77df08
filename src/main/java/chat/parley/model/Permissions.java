package chat.parley.model;

/** Who may do what in a room: the one table, pure. */
public final class Permissions {
  private Permissions() {}

  /** What is done in a room, and the least role that may do it. */
  public enum Deed {
    ADD_MEMBER(MemberRole.MODERATOR),
    REMOVE_MEMBER(MemberRole.MODERATOR),
    BAN(MemberRole.MODERATOR),
    INVITE(MemberRole.MODERATOR),
    CHANGE_ROLE(MemberRole.OWNER),
    /** Name, topic and picture. */
    DESCRIBE(MemberRole.MODERATOR),
    /** Kind, who posts, what new members see, archive. */
    SET_UP(MemberRole.OWNER),
    DELETE_ROOM(MemberRole.OWNER),
    LEAVE(MemberRole.MEMBER),
    DELETE_MESSAGE_OF_OTHERS(MemberRole.MODERATOR),
    SEE_EARLIER_WORDS(MemberRole.MODERATOR),
    MENTION_ROOM(MemberRole.MODERATOR),
    POST_WHERE_MODERATORS_POST(MemberRole.MODERATOR),
    PIN(MemberRole.MODERATOR, true);

    private final MemberRole least;
    private final boolean inDirect;

    Deed(MemberRole least) {
      this(least, false);
    }

    /**
     * @param inDirect whether the two people of a direct room, who are equal, may do it
     */
    Deed(MemberRole least, boolean inDirect) {
      this.least = least;
      this.inDirect = inDirect;
    }
  }

  /**
   * @param role null for somebody who is not in the room
   */
  public static boolean may(Deed deed, RoomKind kind, MemberRole role) {
    if (role == null) {
      return false;
    }
    return kind == RoomKind.DIRECT ? deed.inDirect : role.compareTo(deed.least) <= 0;
  }

  /** Doing it to somebody: only to those of a lower role, so never to an owner. */
  public static boolean mayTo(MemberRole whom, Deed deed, RoomKind kind, MemberRole role) {
    return may(deed, kind, role) && (whom == null || role.compareTo(whom) < 0);
  }

  /** Joining unasked: public rooms. */
  public static boolean mayJoin(RoomKind kind) {
    return kind == RoomKind.PUBLIC;
  }
}
