package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.model.Permissions.Deed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The whole table, written down once more. */
class PermissionsTest {
  private static final Set<Deed> OF_MEMBERS = EnumSet.of(Deed.LEAVE);

  private static final Set<Deed> OF_MODERATORS =
      EnumSet.of(
          Deed.LEAVE,
          Deed.ADD_MEMBER,
          Deed.REMOVE_MEMBER,
          Deed.BAN,
          Deed.INVITE,
          Deed.DESCRIBE,
          Deed.DELETE_MESSAGE_OF_OTHERS,
          Deed.SEE_EARLIER_WORDS,
          Deed.MENTION_ROOM,
          Deed.POST_WHERE_MODERATORS_POST,
          Deed.PIN);

  private static final Map<MemberRole, Set<Deed>> ALLOWED =
      Map.of(
          MemberRole.OWNER,
          EnumSet.allOf(Deed.class),
          MemberRole.MODERATOR,
          OF_MODERATORS,
          MemberRole.MEMBER,
          OF_MEMBERS);

  @Test
  void eachRoleMayWhatTheTableSays() {
    for (RoomKind kind : List.of(RoomKind.GROUP, RoomKind.PUBLIC)) {
      for (MemberRole role : MemberRole.values()) {
        assertEquals(ALLOWED.get(role), allowed(kind, role), kind + " " + role);
      }
    }
  }

  @Test
  void twoPeopleOfDirectRoomOnlyPin() {
    for (MemberRole role : MemberRole.values()) {
      assertEquals(EnumSet.of(Deed.PIN), allowed(RoomKind.DIRECT, role), role::name);
    }
  }

  @Test
  void whoIsNotInTheRoomMayNothing() {
    for (RoomKind kind : RoomKind.values()) {
      assertEquals(Set.of(), allowed(kind, null), kind::name);
    }
  }

  @Test
  void onlyLowerRolesAreDoneTo() {
    for (Deed deed : Deed.values()) {
      List<String> pairs = new ArrayList<>();
      for (MemberRole role : MemberRole.values()) {
        for (MemberRole whom : MemberRole.values()) {
          if (Permissions.mayTo(whom, deed, RoomKind.GROUP, role)) {
            pairs.add(role + " " + whom);
          }
        }
      }
      List<String> expected = new ArrayList<>();
      if (ALLOWED.get(MemberRole.OWNER).contains(deed)) {
        expected.addAll(List.of("OWNER MODERATOR", "OWNER MEMBER"));
      }
      if (OF_MODERATORS.contains(deed)) {
        expected.add("MODERATOR MEMBER");
      }
      assertEquals(expected, pairs, deed::name);
    }
  }

  @Test
  void publicRoomsAreJoinedUnasked() {
    for (RoomKind kind : RoomKind.values()) {
      assertEquals(kind == RoomKind.PUBLIC, Permissions.mayJoin(kind), kind::name);
    }
  }

  private static Set<Deed> allowed(RoomKind kind, MemberRole role) {
    Set<Deed> allowed = EnumSet.noneOf(Deed.class);
    for (Deed deed : Deed.values()) {
      if (Permissions.may(deed, kind, role)) {
        allowed.add(deed);
      }
    }
    return allowed;
  }
}
