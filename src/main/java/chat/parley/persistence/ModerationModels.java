package chat.parley.persistence;

import static chat.parley.model.Admin.Type.NUMBER;
import static chat.parley.model.Admin.Type.TEXT;
import static chat.parley.model.Admin.Type.TIME;
import static chat.parley.persistence.AdminModel.Part.id;
import static chat.parley.persistence.AdminModel.Part.text;

import chat.parley.persistence.AdminModel.Order;
import java.util.List;

/** What people, and the word filter, say of messages, and which words it looks for. */
final class ModerationModels {
  private static final String GROUP = "Moderation";

  /** What was said when it was reported, if that is not what is said now. */
  private static final String TEXT_THEN =
      """
      (select e.body from message_edits e
        where e.room_key = m.room_key and e.seq = m.seq and e.at <= t.created_at and m.edited_at > t.created_at
        order by e.version desc limit 1)""";

  private ModerationModels() {}

  static List<AdminModel> of(AdminServices services) {
    return List.of(
        reports(new ReportActs(services)), words(new FilterWordStore(services, services.filter())));
  }

  private static AdminModel reports(ReportActs acts) {
    Order newest = Order.of("created", "reports_pkey", id("t.id"));
    return new AdminModel(GROUP, "reports", "Reports", "reports", id("t.id"))
        .join("join room_heads h on h.room_id = t.room_id")
        .join("left join rooms r on r.id = t.room_id and r.deleted_at is null")
        .join(
            "left join messages m on m.room_key = h.room_key and m.seq = t.seq and r.id is not null")
        .choice(
            "reason",
            "Reason",
            "t.reason",
            "spam",
            "harassment",
            "hate",
            "violence",
            "sexual",
            "illegal",
            "other",
            "filter")
        .column("text", "Message", TEXT, "m.body")
        .column("textThen", "Message when reported", TEXT, TEXT_THEN)
        .column("note", "Note", TEXT, "t.note")
        .person("author", "Author", "t.author_id")
        .person("reporter", "Reported by", "t.reporter_id")
        .reference("room", "Room", "t.room_id", "chat-rooms")
        .column("roomName", "Room (name)", TEXT, "r.name")
        .column("seq", "Number", NUMBER, "t.seq")
        .column(
            "files",
            "Files",
            NUMBER,
            "case when jsonb_typeof(m.attachments) = 'array' then jsonb_array_length(m.attachments) end")
        .column("sentAt", "Sent", TIME, "m.sent_at")
        .column("deletedAt", "Message deleted", TIME, "m.deleted_at")
        .column("createdAt", "Reported", TIME, "t.created_at")
        .choice(
            "outcome", "Outcome", "t.outcome", "dismissed", "message-deleted", "author-disabled")
        .column("handledAt", "Settled", TIME, "t.handled_at")
        .person("handledBy", "Settled by", "t.handled_by")
        .sort("created", "Reported", "reports_pkey", id("t.id"))
        .filterByChoice(
            "state",
            "State",
            Order.of("created", "reports_open", id("t.id")),
            "open",
            "t.outcome is null")
        .filterByChoice(
            "outcome",
            "Outcome",
            null,
            "dismissed",
            "t.outcome = 'dismissed'",
            "message-deleted",
            "t.outcome = 'message-deleted'",
            "author-disabled",
            "t.outcome = 'author-disabled'")
        .filterByPerson(
            "author", "Author", "t.author_id", Order.of("created", "reports_of_author", id("t.id")))
        .filterByPerson(
            "reporter",
            "Reported by",
            "t.reporter_id",
            Order.of("created", "reports_of_reporter", id("t.id")))
        .act("dismiss", "Dismiss", false, acts::dismiss)
        .act("delete-message", "Delete the message", true, acts::deleteMessage)
        .act("disable-author", "Disable the author", true, acts::authorDisabled)
        .note(
            "An act settles all open reports of the same message. Reports outlive the message, without a word of it.");
  }

  private static AdminModel words(FilterWordStore store) {
    return new AdminModel(GROUP, "filter-words", "Word filter", "filter_words", id("t.id"))
        .column("word", "Word or phrase", TEXT, "t.word")
        .choice("action", "What happens", "t.action", "refuse", "flag")
        .column("createdAt", "Added", TIME, "t.created_at")
        .sort("word", "Word", "filter_words_known", text("t.word_key"))
        .sort("created", "Added", "filter_words_pkey", id("t.id"))
        .search(
            "t.word_key >= ? and t.word_key < (? || chr(1114111))",
            Order.of("word", "filter_words_known", text("t.word_key")))
        .create(
            store::add,
            AdminModel.text("word", "Word or phrase", true, 200),
            AdminModel.oneOf("action", "What happens", "refuse", "flag"))
        .edit(store::change, AdminModel.oneOf("action", "What happens", "refuse", "flag"))
        .delete(store::remove)
        .note(
            "A message that holds a refused word is not taken; one that holds a flagged word is reported. Whole words, however spelled in case and width.");
  }
}
