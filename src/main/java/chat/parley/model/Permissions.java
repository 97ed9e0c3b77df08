package chat.parley.model;

/** Who may do what in a room: the one table, pure. */
public final class Permissions {
  private Permissions() {}

  /** Adding someone: the owner of a group or public room. */
  public static boolean mayAdd(RoomKind kind, MemberRole role) {
    return kind != RoomKind.DIRECT && role == MemberRole.OWNER;
  }

  /** Removing someone of a role: the owner, but never another owner. */
  public static boolean mayRemove(RoomKind kind, MemberRole role, MemberRole whom) {
    return kind != RoomKind.DIRECT && role == MemberRole.OWNER && whom != MemberRole.OWNER;
  }

  /** Leaving: anyone, except from a direct room, which has no way out (only hiding). */
  public static boolean mayLeave(RoomKind kind) {
    return kind != RoomKind.DIRECT;
  }

  /** Joining unasked: public rooms. */
  public static boolean mayJoin(RoomKind kind) {
    return kind == RoomKind.PUBLIC;
  }
}
