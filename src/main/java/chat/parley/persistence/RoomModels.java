package chat.parley.persistence;

import static chat.parley.model.Admin.Type.BYTES;
import static chat.parley.model.Admin.Type.ID;
import static chat.parley.model.Admin.Type.NUMBER;
import static chat.parley.model.Admin.Type.TEXT;
import static chat.parley.model.Admin.Type.TIME;
import static chat.parley.persistence.AdminModel.Part.id;
import static chat.parley.persistence.AdminModel.Part.number;
import static chat.parley.persistence.AdminModel.Part.text;

import chat.parley.persistence.AdminModel.Condition;
import chat.parley.persistence.AdminModel.Order;
import java.util.List;

/** Rooms and the people in them. */
final class RoomModels {
  static final Condition OF_ROOM = new Condition("t.room_id = ?", "uuid");

  private static final String GROUP = "Rooms";

  private RoomModels() {}

  static List<AdminModel> of(AdminServices services) {
    RoomActs acts = new RoomActs(services);
    return List.of(
        rooms(acts),
        members(acts),
        formerMembers(),
        bans(acts),
        invites(acts),
        readMarks(),
        pictures(acts),
        timeline());
  }

  private static AdminModel rooms(RoomActs acts) {
    return new AdminModel(GROUP, "chat-rooms", "Rooms", "rooms", id("t.id"))
        .join("join room_heads h on h.room_id = t.id")
        .choice("kind", "Kind", "t.kind", "direct", "group", "public")
        .column("name", "Name", TEXT, "t.name")
        .column("topic", "Topic", TEXT, "t.topic")
        .column("members", "Members", NUMBER, "h.member_count")
        .column("messages", "Messages", NUMBER, "h.last_seq")
        .column(
            "lastMessageAt",
            "Last message",
            TIME,
            "case when h.last_seq > 0 then h.last_sent_at end")
        .person("createdBy", "Made by", "t.created_by")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("archivedAt", "Archived", TIME, "t.archived_at")
        .column("deletedAt", "Deleted", TIME, "t.deleted_at")
        .choice("posting", "Who posts", "t.posting", "members", "moderators")
        .choice("history", "New members see", "t.history", "all", "joined")
        .column("retentionDays", "Days that messages are kept", NUMBER, "t.retention_days")
        .person("directLow", "One of two", "t.direct_low")
        .person("directHigh", "The other", "t.direct_high")
        .column("version", "Version", NUMBER, "h.version")
        .sort("created", "Made", "rooms_pkey", id("t.id"))
        .sortOf(
            "t.name_key is not null",
            "name",
            "Name (not direct ones)",
            "rooms_by_name",
            text("t.name_key"),
            id("t.id"))
        .filterByChoice(
            "kind",
            "Kind",
            Order.of("created", "rooms_by_kind", id("t.id")),
            "direct",
            "t.kind = 'direct'",
            "group",
            "t.kind = 'group'",
            "public",
            "t.kind = 'public'")
        .search(
            "t.name_key >= ? and t.name_key < (? || chr(1114111))",
            Order.of("name", "rooms_by_name", text("t.name_key"), id("t.id")))
        .edit(
            acts::edit,
            AdminModel.text("name", "Name", true, 160),
            AdminModel.text("topic", "Topic", false, 1_000),
            AdminModel.oneOf("kind", "Kind", "group", "public"),
            AdminModel.flag("archived", "Archived"),
            AdminModel.oneOf("posting", "Who posts", "members", "moderators"),
            AdminModel.oneOf("history", "New members see", "all", "joined"),
            AdminModel.number(
                "retentionDays", "Days that messages are kept (0: as the server does)"))
        .delete(acts::delete)
        .note(
            "Search is by the beginning of a name. A deleted room is gone for everybody at once, its contents within minutes. Of direct rooms only the days can be changed, and they cannot be deleted.");
  }

  private static AdminModel members(RoomActs acts) {
    return place("members", "Members")
        .choice("role", "Role", "t.role", "owner", "moderator", "member")
        .column("joinedAt", "Joined", TIME, "t.joined_at")
        .column("fromSeq", "Sees from", NUMBER, "t.from_seq")
        .filterByPerson(
            "user", "User", "t.user_id", Order.of("room", "members_of_user", id("t.room_id")))
        .create(acts::addMember, AdminModel.id("room", "Room"), AdminModel.id("user", "User"))
        .edit(acts::changeRole, AdminModel.oneOf("role", "Role", "owner", "moderator", "member"))
        .delete(acts::removeMember);
  }

  private static AdminModel formerMembers() {
    return place("former_members", "Former members")
        .column("version", "Version of the room", NUMBER, "t.version")
        .filterByPerson(
            "user",
            "User",
            "t.user_id",
            Order.of("room", "former_members_of_user", number("t.user_version")))
        .note("By these rows those who were away learn that they have lost a room.");
  }

  private static AdminModel bans(RoomActs acts) {
    return place("bans", "Bans")
        .person("by", "By", "t.by_id")
        .column("at", "Since", TIME, "t.at")
        .filterByPerson(
            "user", "User", "t.user_id", Order.ofFew("room", "bans_of_user", id("t.room_id")))
        .delete(acts::liftBan);
  }

  private static AdminModel readMarks() {
    return place("read_marks", "Read marks")
        .column("readSeq", "Read up to", NUMBER, "t.read_seq")
        .choice("notify", "Is told of", "coalesce(t.notify, 'all')", "all", "mentions", "none")
        .column("pinnedAt", "Pinned", TIME, "t.pinned_at")
        .column("hiddenSeq", "Hidden at", NUMBER, "t.hidden_seq");
  }

  /** Of a table whose rows are somebody's in a room. */
  private static AdminModel place(String table, String title) {
    String pkey = table + "_pkey";
    return new AdminModel(
            GROUP, table.replace('_', '-'), title, table, id("t.room_id"), id("t.user_id"))
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("roomName", "Room (name)", TEXT, "r.name")
        .join("join rooms r on r.id = t.room_id")
        .person("user", "User", "t.user_id")
        .sort("room", "Room", pkey, id("t.room_id"), id("t.user_id"))
        .filter("room", "Room", ID, "chat-rooms", OF_ROOM, Order.of("room", pkey, id("t.user_id")));
  }

  private static AdminModel invites(RoomActs acts) {
    return new AdminModel(GROUP, "invites", "Invitations", "invites", id("t.id"))
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("roomName", "Room (name)", TEXT, "r.name")
        .join("join rooms r on r.id = t.room_id")
        .person("createdBy", "Made by", "t.created_by")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("expiresAt", "Ends", TIME, "t.expires_at")
        .column("uses", "Uses", NUMBER, "t.uses")
        .column("maxUses", "At most", NUMBER, "t.max_uses")
        .sort("created", "Made", "invites_pkey", id("t.id"))
        .filter(
            "room",
            "Room",
            ID,
            "chat-rooms",
            OF_ROOM,
            Order.ofFew("created", "invites_of_room", id("t.id")))
        .filterByPerson(
            "createdBy",
            "Made by",
            "t.created_by",
            Order.ofFew("created", "invites_of_maker", id("t.id")))
        .delete(acts::revokeInvite)
        .note("The links themselves are known to nobody any more.");
  }

  private static AdminModel pictures(RoomActs acts) {
    return new AdminModel(
            GROUP, "room-pictures", "Pictures of rooms", "room_pictures", id("t.room_id"))
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("roomName", "Room (name)", TEXT, "r.name")
        .join("join rooms r on r.id = t.room_id")
        .column("type", "Type", TEXT, "t.type")
        .column("size", "Size", BYTES, "octet_length(t.bytes)")
        .column("createdAt", "Uploaded", TIME, "t.created_at")
        .sort("room", "Room", "room_pictures_pkey", id("t.room_id"))
        .filter(
            "room",
            "Room",
            ID,
            "chat-rooms",
            OF_ROOM,
            Order.of("room", "room_pictures_pkey", id("t.room_id")))
        .delete(acts::removePicture);
  }

  private static AdminModel timeline() {
    return new AdminModel(
            GROUP, "lines", "What happened in rooms", "lines", id("t.room_id"), number("t.version"))
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("kind", "What", TEXT, "t.kind")
        .person("actor", "Who", "t.actor_id")
        .person("subject", "Whom", "t.subject_id")
        .column("text", "Text", TEXT, "t.text")
        .searchIn("t.kind", "t.text")
        .column("at", "When", TIME, "t.at")
        .sort("room", "Room", "lines_pkey", id("t.room_id"), number("t.version"))
        .filter(
            "room",
            "Room",
            ID,
            "chat-rooms",
            OF_ROOM,
            Order.of("room", "lines_pkey", number("t.version")));
  }
}
