package chat.parley.persistence;

import static chat.parley.model.Admin.Type.BOOLEAN;
import static chat.parley.model.Admin.Type.BYTES;
import static chat.parley.model.Admin.Type.ID;
import static chat.parley.model.Admin.Type.NUMBER;
import static chat.parley.model.Admin.Type.TEXT;
import static chat.parley.model.Admin.Type.TIME;
import static chat.parley.persistence.AdminModel.Part.id;
import static chat.parley.persistence.AdminModel.Part.number;
import static chat.parley.persistence.AdminModel.Part.roomOf;
import static chat.parley.persistence.AdminModel.Part.text;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import chat.parley.persistence.AdminModel.Condition;
import chat.parley.persistence.AdminModel.Order;
import chat.parley.persistence.AdminModel.Part;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is said in rooms, and what hangs on it. No index leads from a time or a person to it. */
final class MessageModels {
  private static final String GROUP = "Messages";

  private MessageModels() {}

  static List<AdminModel> of(AdminServices services) {
    return List.of(
        messages(new RoomActs(services)),
        edits(),
        reactions(),
        mentions(),
        attachments(),
        media(services),
        scheduled(services),
        drafts());
  }

  /** Of a table whose rows are of a message; the first parts of its key are room and number. */
  private static AdminModel ofMessage(String name, String title, String table, Part... rest) {
    List<Part> key = new ArrayList<>(List.of(roomOf("t.room_key"), number("t.seq")));
    key.addAll(List.of(rest));
    return new AdminModel(GROUP, name, title, table, key.toArray(Part[]::new))
        .reference("room", "Room", key.get(0).sql(), "chat-rooms")
        .column("seq", "Number", NUMBER, "t.seq");
  }

  private static AdminModel inRoom(AdminModel model, Order order) {
    return model.filter("room", "Room", ID, "chat-rooms", AdminModel.byRoom("t.room_key"), order);
  }

  private static AdminModel messages(RoomActs acts) {
    AdminModel model =
        ofMessage("messages", "Messages", "messages")
            .column("roomName", "Room (name)", TEXT, "r.name")
            .join(
                "join room_heads rh on rh.room_key = t.room_key join rooms r on r.id = rh.room_id")
            .person("sender", "Sender", "t.sender_id")
            .column("text", "Text", TEXT, "t.body")
            .column("sentAt", "Sent", TIME, "t.sent_at")
            .column("editedAt", "Edited", TIME, "t.edited_at")
            .column("deletedAt", "Deleted", TIME, "t.deleted_at")
            .column("replyTo", "Reply to", NUMBER, "t.reply_to")
            .column("threadOf", "Thread of", NUMBER, "t.thread_of")
            .column("pinnedAt", "Pinned", TIME, "t.pinned_at")
            .column("forwarded", "Forwarded", BOOLEAN, "t.forwarded_at is not null")
            .column(
                "attachments",
                "Files",
                NUMBER,
                "case when jsonb_typeof(t.attachments) = 'array' then jsonb_array_length(t.attachments) end")
            .column("clientId", "Client's id", ID, "t.client_id")
            .column("version", "Version", NUMBER, "t.version")
            .sort(
                "place", "Room and number", "messages_pkey", number("t.room_key"), number("t.seq"));
    return inRoom(model, Order.of("place", "messages_pkey", number("t.seq")))
        .filter(
            "clientId",
            "Client's id",
            ID,
            null,
            new Condition("t.client_id = ?", "uuid"),
            Order.ofFew("place", "messages_once", number("t.room_key"), number("t.seq")))
        .filterByPerson("sender", "Sender", "t.sender_id")
        .filterByChoice(
            "state",
            "State",
            null,
            "deleted",
            "t.deleted_at is not null",
            "edited",
            "t.edited_at is not null",
            "pinned",
            "t.pinned_at is not null")
        .searchIn("t.body")
        .delete(acts::deleteMessage)
        .note(
            "Sender, state and words are looked for along the way, 1,000 messages a page: choose a room first. A deleted message leaves a tombstone.");
  }

  private static AdminModel edits() {
    AdminModel model =
        ofMessage("message-edits", "Earlier wordings", "message_edits", number("t.version"))
            .column("text", "Text", TEXT, "t.body")
            .column("at", "Said", TIME, "t.at")
            .searchIn("t.body")
            .sort(
                "place",
                "Room and number",
                "message_edits_pkey",
                number("t.room_key"),
                number("t.seq"),
                number("t.version"));
    return inRoom(
        model, Order.of("place", "message_edits_pkey", number("t.seq"), number("t.version")));
  }

  private static AdminModel reactions() {
    AdminModel model =
        new AdminModel(
                GROUP,
                "reactions",
                "Reactions",
                "reactions",
                roomOf("t.room_key"),
                id("t.user_id"),
                number("t.seq"),
                text("t.emoji"))
            .reference("room", "Room", roomOf("t.room_key").sql(), "chat-rooms")
            .column("seq", "Number", NUMBER, "t.seq")
            .person("user", "User", "t.user_id")
            .column("emoji", "Emoji", TEXT, "t.emoji")
            .sort(
                "place",
                "Room and user",
                "reactions_pkey",
                number("t.room_key"),
                id("t.user_id"),
                number("t.seq"),
                text("t.emoji"));
    return inRoom(
            model,
            Order.of("place", "reactions_pkey", id("t.user_id"), number("t.seq"), text("t.emoji")))
        .note("They go with their message or with their author's wish.");
  }

  private static AdminModel mentions() {
    return new AdminModel(
            GROUP,
            "mentions",
            "Mentions",
            "mentions",
            id("t.user_id"),
            roomOf("t.room_key"),
            number("t.seq"))
        .person("user", "User", "t.user_id")
        .reference("room", "Room", roomOf("t.room_key").sql(), "chat-rooms")
        .column("seq", "Number", NUMBER, "t.seq")
        .column("at", "When", TIME, "t.at")
        .sort(
            "user", "User", "mentions_pkey", id("t.user_id"), number("t.room_key"), number("t.seq"))
        .filterByPerson(
            "user",
            "User",
            "t.user_id",
            Order.of("user", "mentions_pkey", number("t.room_key"), number("t.seq")));
  }

  private static AdminModel attachments() {
    AdminModel model =
        ofMessage("attachments", "Attachments", "attachments", number("t.position"))
            .reference("media", "File", "t.media_id", "media")
            .column("name", "Name", TEXT, "f.name")
            .column("size", "Size", BYTES, "f.bytes")
            .join("join media f on f.id = t.media_id")
            .sort(
                "place",
                "Room and number",
                "attachments_pkey",
                number("t.room_key"),
                number("t.seq"),
                number("t.position"));
    return inRoom(
            model, Order.of("place", "attachments_pkey", number("t.seq"), number("t.position")))
        .filter(
            "media",
            "File",
            ID,
            "media",
            new Condition("t.media_id = ?", "uuid"),
            Order.ofFew(
                "place",
                "attachments_of_media",
                number("t.room_key"),
                number("t.seq"),
                number("t.position")))
        .note("They go with their message. Position -1 is the picture of a link.");
  }

  private static AdminModel media(AdminServices services) {
    return new AdminModel(GROUP, "media", "Files", "media", id("t.id"))
        .person("owner", "Owner", "t.owner_id")
        .column("name", "Name", TEXT, "t.name")
        .column("type", "Type", TEXT, "t.type")
        .column("size", "Size", BYTES, "t.bytes")
        .column("width", "Width", NUMBER, "t.width")
        .column("height", "Height", NUMBER, "t.height")
        .column("voice", "Voice", BOOLEAN, "t.voice")
        .column("createdAt", "Uploaded", TIME, "t.created_at")
        .column("sentAt", "Sent", TIME, "t.sent_at")
        .column("unusedSince", "Unused since", TIME, "t.unused_since")
        .sort("created", "Uploaded", "media_pkey", id("t.id"))
        .filterByPerson(
            "owner", "Owner", "t.owner_id", Order.of("created", "media_of_owner", id("t.id")))
        .searchIn("t.name", "t.type")
        .delete(deed -> removeUnsent(services, deed))
        .note(
            "What was sent goes with the messages that carry it, a day after the last: delete those. What was not can be deleted here.");
  }

  private static Future<Outcome<Admin.Done>> removeUnsent(AdminServices services, Admin.Deed deed) {
    return services.write(
        deed,
        connection ->
            connection
                .preparedQuery(AttachmentStore.REMOVE_UNSENT)
                .execute(Tuple.of(AdminServices.id(deed)))
                .map(
                    rows -> {
                      if (Rows.first(rows).getInteger("files") == 0) {
                        throw Problem.CONFLICT.because("It stands in messages: delete those");
                      }
                      return Admin.Done.to(deed.id());
                    }));
  }

  private static AdminModel scheduled(AdminServices services) {
    return new AdminModel(
            GROUP, "scheduled", "To be sent later", "scheduled", id("t.user_id"), id("t.id"))
        .person("user", "Author", "t.user_id")
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("length", "Characters", NUMBER, "char_length(t.text)")
        .column("sendAt", "To be sent", TIME, "t.send_at")
        .column("createdAt", "Written", TIME, "t.created_at")
        .column("failed", "Why it was not sent", TEXT, "t.failed")
        .sort("user", "Author", "scheduled_pkey", id("t.user_id"), id("t.id"))
        .filterByPerson(
            "user", "Author", "t.user_id", Order.of("user", "scheduled_pkey", id("t.id")))
        .filter(
            "room",
            "Room",
            ID,
            "chat-rooms",
            RoomModels.OF_ROOM,
            Order.ofFew("user", "scheduled_of_room", id("t.user_id"), id("t.id")))
        .delete(deed -> cancel(services, deed))
        .note("What nobody has said yet is nobody else's to read.");
  }

  private static Future<Outcome<Admin.Done>> cancel(AdminServices services, Admin.Deed deed) {
    UUID author = AdminServices.idPart(deed, 0);
    return services
        .postgres()
        .write(
            deed.actor(),
            connection ->
                ScheduledStore.cancel(connection, author, AdminServices.idPart(deed, 1))
                    .compose(
                        gone ->
                            AdminNotes.done(connection, deed, deed.id())
                                .map(
                                    new Outcome<>(
                                        Admin.Done.to(deed.id()), List.of(), gone.notices()))));
  }

  private static AdminModel drafts() {
    return new AdminModel(GROUP, "drafts", "Drafts", "drafts", id("t.user_id"), id("t.room_id"))
        .person("user", "Author", "t.user_id")
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("length", "Characters", NUMBER, "char_length(t.text)")
        .column("at", "Written", TIME, "t.at")
        .sort("user", "Author", "drafts_pkey", id("t.user_id"), id("t.room_id"))
        .filterByPerson(
            "user", "Author", "t.user_id", Order.of("user", "drafts_pkey", id("t.room_id")))
        .filter(
            "room",
            "Room",
            ID,
            "chat-rooms",
            RoomModels.OF_ROOM,
            Order.of("user", "drafts_of_room", id("t.user_id")))
        .note("What nobody has said yet is nobody else's to read.");
  }
}
