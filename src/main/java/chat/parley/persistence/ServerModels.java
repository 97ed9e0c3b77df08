package chat.parley.persistence;

import static chat.parley.model.Admin.Type.BOOLEAN;
import static chat.parley.model.Admin.Type.ID;
import static chat.parley.model.Admin.Type.JSON;
import static chat.parley.model.Admin.Type.NUMBER;
import static chat.parley.model.Admin.Type.TEXT;
import static chat.parley.model.Admin.Type.TIME;
import static chat.parley.persistence.AdminModel.Part.id;
import static chat.parley.persistence.AdminModel.Part.number;
import static chat.parley.persistence.AdminModel.Part.time;

import chat.parley.persistence.AdminModel.Condition;
import chat.parley.persistence.AdminModel.Order;
import chat.parley.persistence.AdminModel.Part;
import java.util.List;

/** What the server keeps for itself: letters, what was done, what is still to do. */
final class ServerModels {
  private static final String GROUP = "Server";

  private static final String RETRY =
      """
      update letters set next_attempt_at = now(), failed_at = null where id = $1 and sent_at is null""";

  private ServerModels() {}

  static List<AdminModel> of(AdminServices services) {
    return List.of(announcements(services), letters(services), audit(), purges(), rounds());
  }

  private static AdminModel announcements(AdminServices services) {
    return new AdminModel(GROUP, "announcements", "Announcements", "announcements", id("t.id"))
        .column("text", "Text", TEXT, "t.text")
        .choice("severity", "Severity", "t.severity", "info", "warning")
        .person("createdBy", "By", "t.created_by")
        .column("createdAt", "Made", TIME, "t.created_at")
        .column("endsAt", "Ends", TIME, "t.ends_at")
        .column("endedAt", "Ended", TIME, "t.ended_at")
        .sort("created", "Made", "announcements_pkey", id("t.id"))
        .create(
            deed -> services.announcements().create(deed, services),
            AdminModel.text("text", "Text", true, 1_000),
            AdminModel.oneOf("severity", "Severity", "info", "warning"),
            AdminModel.when("endsAt", "Ends (empty: when it is ended)"))
        .act("end", "End", false, deed -> services.announcements().end(deed, services))
        .delete(deed -> services.announcements().delete(deed, services))
        .note(
            "Shown to everybody above their conversations, at once, until it ends or is put away on a device. At most five at a time, 500 characters each.");
  }

  private static AdminModel letters(AdminServices services) {
    return new AdminModel(GROUP, "letters", "Letters", "letters", id("t.id"))
        .column("kind", "Kind", TEXT, "t.kind")
        .person("user", "About", "t.user_id")
        .column("recipient", "To", TEXT, "t.recipient")
        .column("createdAt", "Written", TIME, "t.created_at")
        .column("attempts", "Attempts", NUMBER, "t.attempts")
        .column(
            "nextAttemptAt",
            "Next attempt",
            TIME,
            "case when t.sent_at is null and t.failed_at is null then t.next_attempt_at end")
        .column("sentAt", "Sent", TIME, "t.sent_at")
        .column("failedAt", "Given up", TIME, "t.failed_at")
        .column("lastError", "Last error", TEXT, "t.last_error")
        .sort("created", "Written", "letters_pkey", id("t.id"))
        .sortOf(
            "t.sent_at is null and t.failed_at is null",
            "due",
            "Next attempt (those that wait)",
            "letters_waiting",
            time("t.next_attempt_at"),
            id("t.id"))
        .filterByPerson(
            "user", "About", "t.user_id", Order.ofFew("created", "letters_of_user", id("t.id")))
        .searchIn("t.recipient", "t.kind", "t.last_error")
        .act("retry", "Send again now", false, services.statement(RETRY))
        .delete(services.statement("delete from letters where id = $1"))
        .note(
            "A letter that carries a link has only the link's id; the letter is written when it is sent.");
  }

  private static AdminModel audit() {
    Part[] inTime = {time("t.at"), number("t.id")};
    Order log = Order.of("at", "audit_log_by_time", inTime);
    return new AdminModel(GROUP, "audit-log", "Audit log", "audit_log", number("t.id"))
        .column("at", "When", TIME, "t.at")
        .person("actor", "Who", "t.actor_id")
        .column("act", "Act", TEXT, "t.act")
        .choice("action", "Change", "t.action", "insert", "update", "delete", "act")
        .column("table", "Table", TEXT, "t.table_name")
        .column("row", "Row", JSON, "t.row_id")
        .column("before", "Before", JSON, "t.before")
        .column("after", "After", JSON, "t.after")
        .column("address", "Address", TEXT, "t.address")
        .column("requestId", "Request", TEXT, "t.request_id")
        .sort("at", "When", "audit_log_by_time", inTime)
        .filterByPerson("actor", "Who", "t.actor_id", Order.of("at", "audit_log_by_actor", inTime))
        .filter(
            "table",
            "Table",
            TEXT,
            null,
            new Condition("t.table_name = ?", "text"),
            Order.of("at", "audit_log_by_table", inTime))
        .filter(
            "act",
            "Act",
            TEXT,
            null,
            new Condition("t.act = ?", "text"),
            Order.of("at", "audit_log_by_act", inTime))
        .filter(
            "row",
            "Id of the row",
            ID,
            null,
            new Condition("t.row_id = jsonb_build_object('id', ?)", "text"),
            Order.of("at", "audit_log_by_row", inTime))
        .filter("since", "Not before", TIME, null, new Condition("t.at >= ?", "timestamptz"), log)
        .filter("until", "Not after", TIME, null, new Condition("t.at <= ?", "timestamptz"), log)
        .note(
            "Changes of rows as the database saw them, and acts: what somebody did or saw. Nobody can change it, and a chain of hashes shows if somebody did.");
  }

  private static AdminModel purges() {
    return new AdminModel(GROUP, "purges", "Rooms being emptied", "purges", id("t.room_id"))
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("askedAt", "Since", TIME, "t.asked_at")
        .sort("room", "Room", "purges_pkey", id("t.room_id"));
  }

  private static AdminModel rounds() {
    return new AdminModel(GROUP, "rounds", "People's rooms being told", "rounds", id("t.user_id"))
        .person("user", "User", "t.user_id")
        .column("leaving", "Leaves them", BOOLEAN, "t.leaving")
        .column("removeMessages", "Words go too", BOOLEAN, "t.remove_messages")
        .reference("room", "Up to room", "t.room_id", "chat-rooms")
        .column("askedAt", "Since", TIME, "t.asked_at")
        .sort("user", "User", "rounds_pkey", id("t.user_id"));
  }
}
